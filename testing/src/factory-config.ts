import { FactoryConfigUpdate } from '@fabrica/core';
import type { ActorOf } from '@fabrica/core/candid';
import type { AnyFactory } from './plugins.ts';

/** A change of a factory's settings, as its actor takes it. */
type Change = Parameters<ActorOf<typeof AnyFactory>['updateFactoryConfig']>[0];
/** The settings that a change may give. */
type Given = { readonly [Name in keyof Change]?: NonNullable<Change[Name][0]> };

/** The argument of `updateFactoryConfig` that changes these settings and leaves the others as they are. */
export function configChange(given: Given): Change {
  const fields = FactoryConfigUpdate.fields.map(({ label }) => {
    const value = given[label as keyof Given];
    return [label, value === undefined ? [] : [value]];
  });
  return Object.fromEntries(fields) as Change;
}
