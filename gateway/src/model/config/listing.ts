import { c, type Infer } from '@fabrica/core/candid';

import type { Config } from './config.ts';
import { ConfigValue, FACTORY_KEYS, GATEWAY_KEYS, type KeySpec } from './keys.ts';

/** A setting with all there is to know of it. */
export const ConfigEntry = c.named(
  'ConfigEntry',
  c.record({
    key: c.text({ max: 64 }),
    value: ConfigValue,
    initial: ConfigValue,
    /** Both ends belong to the range; `null` for a Bool. */
    range: c.opt(c.record({ least: c.nat, most: c.nat })),
    meaning: c.text({ max: 200 }),
  }),
);
export type ConfigEntry = Infer<typeof ConfigEntry>;

/** All settings: the gateway's, then those of each factory. */
export function listConfig(config: Config, factories: readonly string[]): ConfigEntry[] {
  const specs: [string, KeySpec][] = Object.entries(GATEWAY_KEYS);
  for (const factory of factories) {
    for (const [key, spec] of Object.entries(FACTORY_KEYS)) specs.push([`${factory}.${key}`, spec]);
  }
  return specs.map(([key, { initial, range, meaning }]) => {
    const value = config.get(key, () => true);
    return { key, value: 'Ok' in value ? value.Ok : initial, initial, range, meaning };
  });
}
