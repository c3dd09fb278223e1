import type { FactoryDefinition } from '@fabrica/core';
import { encoder, type Input, type Schema, type Service } from '@fabrica/core/candid';
import type { Principal } from '@dfinity/principal';
import type { Plugin } from '../plugins.ts';

/** Who an order may name, as canister-side principals. */
export interface People {
  /** Who pays and will own the contract. */
  readonly owner: Uint8Array;
  /** Somebody else. */
  readonly other: Uint8Array;
}

/** What the suite cannot know by itself of a plugin. */
export interface ConformanceOptions<Order extends Schema> {
  /** An order that must be taken. */
  order(people: People): Input<Order>;
  /** An order that decodes and must be refused, and the code of the refusal. */
  readonly invalidOrder?: { order(people: People): Input<Order>; readonly code: string };
  /** The contract's interface; needed for {@link refusedToStrangers} alone. */
  readonly contractService?: Service;
  /** Updates of the contract's own that a stranger must be refused, with arguments of no meaning. */
  readonly refusedToStrangers?: readonly string[];
  /** The factory's canister in `dfx.json`; default: `<id>_factory`, dashes as underscores. */
  readonly canister?: string;
  /** The contract in `dfx.json`; default: the id, dashes as underscores. */
  readonly contract?: string;
}

/** A plugin under test, its types forgotten. */
export interface Subject {
  readonly definition: FactoryDefinition;
  readonly plugin: Plugin;
  /** The order that must be taken, as the definition's own functions get it. */
  order(people: People): unknown;
  /** The same as it travels. */
  encodeOrder(people: People): Uint8Array;
  readonly invalidOrder: { encode(people: People): Uint8Array; readonly code: string } | null;
  readonly contractService: Service | null;
  readonly refusedToStrangers: readonly string[];
}

/** Names and encoders filled in. */
export function subjectOf<Id extends string, Order extends Schema, Role extends string>(
  definition: FactoryDefinition<Id, Order, Role>,
  options: ConformanceOptions<Order>,
): Subject {
  const { order, invalidOrder, contractService = null, refusedToStrangers = [] } = options;
  const encode = encoder([definition.init]);
  const name = definition.id.replaceAll('-', '_');
  const { canister = `${name}_factory`, contract = name } = options;
  const widened = definition as unknown as FactoryDefinition;
  return {
    definition: widened,
    plugin: { definition: widened, canister, contract },
    order,
    encodeOrder: (people) => encode([order(people)]),
    invalidOrder: invalidOrder
      ? { encode: (people) => encode([invalidOrder.order(people)]), code: invalidOrder.code }
      : null,
    contractService,
    refusedToStrangers,
  };
}

/** The people of an order by `owner`. */
export function peopleOf(owner: Principal, other: Principal): People {
  return { owner: owner.toUint8Array(), other: other.toUint8Array() };
}
