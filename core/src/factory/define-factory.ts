import type { Infer, Schema } from '../candid/index.ts';
import { RETIRED } from '../model/cycles/retired.ts';
import type { Result } from '../errors/index.ts';

/** What the rules of a factory may know of an order besides the order itself. */
export interface OrderContext {
  /** Who pays and will own the contract. */
  readonly owner: Uint8Array;
  /** Nanoseconds since the epoch. */
  readonly now: bigint;
}

/** Who is indexed for a contract, and as what. */
export interface RoleHolder<Role extends string> {
  readonly role: Role;
  readonly principal: Uint8Array;
}

/** What lists show of a contract. */
export interface Description {
  /** 1 to 64 bytes. */
  readonly name: string;
  /** Notes for the buyer, shown with the quote: risks, defaults that were taken. */
  readonly notes?: readonly string[];
}

/** Events of a domain by name, in camel case, with what each carries. */
export type EventSchemas = Readonly<Record<string, Schema>>;

/** A domain without events of its own. */
export type NoEvents = Readonly<Record<never, Schema>>;

/**
 * A factory type: everything the kernel needs to know of a domain, and nothing it does.
 *
 * The same frozen value serves the factory canister, clients, the generator and the conformance suite,
 * so it must run anywhere: pure functions, no environment.
 */
export interface FactoryDefinition<
  Id extends string = string,
  Order extends Schema = Schema,
  Role extends string = string,
  Events extends EventSchemas = NoEvents,
> {
  /** Lower-case letters, digits and dashes; names the factory at the gateway. */
  readonly id: Id;
  /** Version of the package, and of the contract it ships: https://semver.org */
  readonly version: `${number}.${number}.${number}`;
  /**
   * Role indexes, in camel case, at most 7. A role `signer` gives callbacks `notifySignerAdded` and
   * `notifySignerRemoved`. Every factory indexes the creator besides. Append-only: positions are stored.
   */
  readonly roles: readonly Role[];
  /** The statuses a contract may report; the first is the status at birth. Default: active, paused, closed. */
  readonly statuses?: readonly string[];
  /**
   * Events of the domain itself, which the factory counts and lists by contract. An event `transfer` gives
   * a callback `notifyTransfer`. What it carries takes at most {@link MAX_PAYLOAD} bytes.
   */
  readonly events?: Events;
  /** Candid schema of the order. */
  readonly init: Order;
  /** Cycles. */
  readonly cycles: {
    /** Given to a new contract, beyond the platform's fee for creating it. */
    readonly initial: bigint;
    /** A contract with less may be topped up. */
    readonly topUpBelow: bigint;
  };
  /** Checks an order. Pure. Runs before money moves, and again when the contract is made. */
  validate(order: Infer<Order>, context: OrderContext): Result<null>;
  /** What lists show. Pure; only ever given orders that `validate` passed. */
  describe(order: Infer<Order>, context: OrderContext): Description;
  /** Who is indexed when the contract is born, at most {@link MAX_HOLDERS_AT_BIRTH}. Pure. */
  rolesAtBirth(order: Infer<Order>, context: OrderContext): readonly RoleHolder<NoInfer<Role>>[];
}

/**
 * What a contract's own canister needs of its factory's definition. A contract that is given no more than this
 * does not parse the rules of its orders at every installation.
 */
export type ContractFacts<
  Order extends Schema = Schema,
  Events extends EventSchemas = NoEvents,
> = Pick<
  FactoryDefinition<string, Order, string, Events>,
  'version' | 'roles' | 'statuses' | 'events' | 'init'
>;

/** Bound on the index entries written in the message that makes a contract. */
export const MAX_HOLDERS_AT_BIRTH = 20;

/** Defaults of {@link FactoryDefinition.statuses}. */
export const DEFAULT_STATUSES = ['active', 'paused', 'closed'] as const;

/** Most events of its own that a domain has. */
const MAX_EVENT_KINDS = 50;

/** Bits of a byte, less the creator's. */
const MAX_ROLES = 7;

/**
 * A frozen {@link FactoryDefinition}.
 *
 * @throws TypeError if an id, role or status is not of its form; this happens where the value is
 *   defined, so at build time.
 */
export function defineFactory<
  const Id extends string,
  Order extends Schema,
  const Role extends string,
  Events extends EventSchemas = NoEvents,
>(
  definition: FactoryDefinition<Id, Order, Role, Events>,
): FactoryDefinition<Id, Order, Role, Events> {
  const { id, roles, statuses = DEFAULT_STATUSES, version, cycles } = definition;
  require(/^[a-z][a-z0-9-]{0,31}$/.test(
    id,
  ), `factory id "${id}": lower-case letters, digits, dashes`);
  require(/^\d+\.\d+\.\d+$/.test(version), `factory ${id}: version "${version}" is not x.y.z`);
  require(roles.length <= MAX_ROLES, `factory ${id}: at most ${MAX_ROLES} roles`);
  require(new Set(roles).size === roles.length, `factory ${id}: a role is named twice`);
  for (const role of roles) {
    require(/^[a-z][a-zA-Z0-9]{0,31}$/.test(
      role,
    ), `factory ${id}: role "${role}" is not in camel case`);
    require(role !== 'creator', `factory ${id}: every factory has the role "creator" already`);
  }
  requireEvents(id, Object.keys(definition.events ?? {}), roles);
  require(statuses.length > 0, `factory ${id}: no status`);
  for (const status of statuses) {
    require(/^[a-z][a-z0-9_-]{0,31}$/.test(status), `factory ${id}: status "${status}"`);
    require(status !== RETIRED, `factory ${id}: status "${status}" is the kernel's`);
  }
  require(cycles.initial > 0n && cycles.topUpBelow >= 0n, `factory ${id}: cycles must be positive`);
  const frozen = { roles: Object.freeze([...roles]), cycles: Object.freeze({ ...cycles }) };
  return Object.freeze({ ...definition, ...frozen });
}

/** Events must not take the names of callbacks that there are already. */
function requireEvents(id: string, names: readonly string[], roles: readonly string[]): void {
  const taken = ['events', 'deploymentComplete', 'statusChanged', 'visibilityChanged'];
  const ofRoles = roles.flatMap((role) => [`${role}Added`, `${role}Removed`]);
  require(names.length <= MAX_EVENT_KINDS, `factory ${id}: at most ${MAX_EVENT_KINDS} events`);
  for (const name of names) {
    require(/^[a-z][a-zA-Z0-9]{0,31}$/.test(
      name,
    ), `factory ${id}: event "${name}" is not in camel case`);
    const free = !taken.includes(name) && !ofRoles.includes(name);
    require(free, `factory ${id}: event "${name}" has the name of another callback`);
  }
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new TypeError(message);
}

/** The statuses of a definition, defaults included. */
export function statusesOf(definition: Pick<FactoryDefinition, 'statuses'>): readonly string[] {
  return definition.statuses ?? DEFAULT_STATUSES;
}
