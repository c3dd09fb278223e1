import type { FactoryDefinition } from '@fabrica/core';
import { encoder, type Input, type Schema, type Service } from '@fabrica/core/candid';
import type { Principal } from '@dfinity/principal';
import type { PocketIc } from '@hadronous/pic';
import { accepted } from '../results.ts';
import { contractOf } from './any-contract.ts';
import type { Plugin } from '../plugins.ts';
import type { User } from '../users.ts';

/** Who an order may name, as canister-side principals. */
export interface People {
  /** Who pays and will own the contract. */
  readonly owner: Uint8Array;
  /** Somebody else. */
  readonly other: Uint8Array;
}

/** A contract that was ordered through the gateway, and who ordered it. */
export interface OwnedContract {
  readonly pic: PocketIc;
  readonly id: Principal;
  readonly owner: User;
}

/** How an owner has his contract changed, where one call of his alone does not do it. */
export interface OwnerSettings {
  setVisibility(contract: OwnedContract, isPublic: boolean): Promise<unknown>;
  setAutoUpdate(contract: OwnedContract, on: boolean): Promise<unknown>;
}

/** How somebody gets a role in a running contract, and loses it. */
export interface RoleChange<Role extends string> {
  readonly role: Role;
  add(contract: OwnedContract, user: Principal): Promise<unknown>;
  remove?(contract: OwnedContract, user: Principal): Promise<unknown>;
}

/** What the suite cannot know by itself of a plugin. */
export interface ConformanceOptions<Order extends Schema, Role extends string = string> {
  /** An order that must be taken. */
  order(people: People): Input<Order>;
  /** An order that decodes and must be refused, and the code of the refusal. */
  readonly invalidOrder?: { order(people: People): Input<Order>; readonly code: string };
  /** The contract's interface; needed for {@link refusedToStrangers} alone. */
  readonly contractService?: Service;
  /** Updates of the contract's own that a stranger must be refused, with arguments of no meaning. */
  readonly refusedToStrangers?: readonly string[];
  /** Default: the owner calls the methods that every contract has. */
  readonly settings?: OwnerSettings;
  /** Changes of roles that the contract reports; none if roles never change once it is born. */
  readonly roleChanges?: readonly RoleChange<Role>[];
  /**
   * What a contract knows, read as its owner: an upgrade must change nothing of it. Of every contract its health
   * is looked at besides.
   */
  state?(contract: OwnedContract): Promise<unknown>;
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
  readonly settings: OwnerSettings;
  readonly roleChanges: readonly RoleChange<string>[];
  /** What a contract knows. */
  state(contract: OwnedContract): Promise<unknown>;
}

const OWNER_ALONE: OwnerSettings = {
  async setVisibility(contract, isPublic) {
    accepted(await contractOf(contract).setVisibility(isPublic));
  },
  async setAutoUpdate(contract, on) {
    accepted(await contractOf(contract).setAutoUpdate(on));
  },
};

/** Names and encoders filled in. */
export function subjectOf<Id extends string, Order extends Schema, Role extends string>(
  definition: FactoryDefinition<Id, Order, Role>,
  options: ConformanceOptions<Order, Role>,
): Subject {
  const { order, invalidOrder, contractService = null, refusedToStrangers = [] } = options;
  const { settings = OWNER_ALONE, roleChanges = [], state = () => Promise.resolve(null) } = options;
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
    settings,
    roleChanges,
    state,
  };
}

/** The people of an order by `owner`. */
export function peopleOf(owner: Principal, other: Principal): People {
  return { owner: owner.toUint8Array(), other: other.toUint8Array() };
}
