import { c, query, service, update, type MethodSpec, type Schema } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { httpMethods } from '../http/index.ts';
import type { EventSchemas, FactoryDefinition, NoEvents } from './define-factory.ts';
import { ContractQuery } from '../model/directory/contract-query.ts';
import { administrationMethods } from './administration-methods.ts';
import { contractFacingMethods } from './contract-facing.ts';
import { cyclesMethods } from './cycles-methods.ts';
import { ContractInfo } from './contract-info.ts';
import { ContractEvent, MAX_EVENTS } from './events.ts';
import { ownershipMethods } from './ownership-methods.ts';
import { rolloutMethods } from './rollout-methods.ts';
import { upgradeMethods } from './upgrade-methods.ts';
import {
  Cancellation,
  ContractPage,
  EmittedPage,
  FactoryConfig,
  FactoryConfigUpdate,
  FactoryHealth,
  MyContractPage,
  OrderCheck,
  PageRequest,
  PaymentReference,
  VersionPage,
  VersionRegistration,
  Whitelist,
} from './types.ts';

/** An order as it travels: a Candid message whose one argument is the factory's own order type. */
export const OrderBytes = c.blob({ max: 200_000 });

const done = c.result(c.null, Refusal);

/** What every factory's canister offers, whatever it makes. */
export const factoryMethods = {
  // Orders: called by a whitelisted gateway.
  validateOrder: query([c.principal, OrderBytes], c.result(OrderCheck, Refusal)),
  createContract: update(
    [c.principal, OrderBytes, PaymentReference],
    c.result(ContractInfo, Refusal),
  ),
  cancelDeployment: update([c.blob({ max: 64 })], c.result(Cancellation, Refusal)),

  // Reads: called by anyone, at constant cost.
  getMyContracts: query([c.principal, c.opt(PageRequest)], MyContractPage),
  getPublicContracts: query([c.opt(PageRequest)], ContractPage),
  /** Contracts by several properties at once. */
  queryContracts: query([ContractQuery, c.opt(PageRequest)], ContractPage),
  getContractsByRole: query(
    [c.text({ max: 32 }), c.principal, c.opt(PageRequest)],
    c.result(ContractPage, Refusal),
  ),
  getContractInfo: contractFacingMethods.getContractInfo,
  /** The last events of a contract's domain, newest first: contract, cursor, limit. */
  getContractEvents: query(
    [c.principal, c.opt(c.nat32), c.opt(c.nat32)],
    c.result(EmittedPage, Refusal),
  ),
  /** The last registered first: cursor, limit. */
  getVersions: query([c.opt(c.nat32), c.opt(c.nat32)], VersionPage),
  getWhitelist: query([], Whitelist),
  getFactoryHealth: query([], FactoryHealth),
  ...httpMethods,

  // Administration.
  setupWhitelist: update([Whitelist], done),
  updateFactoryConfig: update([FactoryConfigUpdate], done),
  getFactoryConfig: query([], FactoryConfig),
  uploadModuleChunk: update([c.blob({ max: 1_048_576 })], c.result(c.blob({ max: 32 }), Refusal)),
  registerVersion: update([VersionRegistration], done),

  ...administrationMethods,
  ...upgradeMethods,
  ...ownershipMethods,
  ...rolloutMethods,
  ...cyclesMethods,

  // Callbacks: called by contracts of this factory, about themselves.
  reportEvents: contractFacingMethods.reportEvents,
  installSibling: contractFacingMethods.installSibling,
  notifyEvents: update(
    [c.nat64, c.vec(ContractEvent, { max: MAX_EVENTS })],
    c.result(c.nat64, Refusal),
  ),
  notifyDeploymentComplete: update([c.principal, c.nat64], done),
  notifyStatusChanged: update([c.principal, c.text({ max: 32 }), c.nat64], done),
  notifyVisibilityChanged: update([c.principal, c.bool, c.nat64], done),
} as const;

/** `notifySignerAdded` and the like: contract, user, sequence number. */
export const roleCallback = update([c.principal, c.principal, c.nat64], done);

type RoleCallbacks<Role extends string> = {
  readonly [Name in
    | `notify${Capitalize<Role>}Added`
    | `notify${Capitalize<Role>}Removed`]: typeof roleCallback;
};

/** `notifyTransfer` and the like: contract, what the event carries, sequence number. */
export function eventCallback<Payload extends Schema>(payload: Payload) {
  return update([c.principal, payload, c.nat64], done);
}

type EventCallbacks<Events extends EventSchemas> = {
  readonly [Name in keyof Events & string as `notify${Capitalize<Name>}`]: ReturnType<
    typeof eventCallback<Events[Name]>
  >;
};

/** What a factory is installed with. */
export const FactoryInit = c.named(
  'FactoryInit',
  c.record({
    administrators: c.vec(c.principal, { max: 20 }),
    gateways: c.vec(c.principal, { max: 20 }),
  }),
);

/** The interface of a definition's factory canister: the common methods, the callbacks of its roles and events. */
export function factoryService<
  Id extends string,
  Order extends Schema,
  Role extends string,
  Events extends EventSchemas = NoEvents,
>(definition: FactoryDefinition<Id, Order, Role, Events>) {
  const callbacks: Record<string, MethodSpec> = {};
  for (const [name, payload] of Object.entries<Schema>(definition.events ?? {})) {
    callbacks[`notify${capitalized(name)}`] = eventCallback(payload);
  }
  for (const role of definition.roles) {
    callbacks[`notify${capitalized(role)}Added`] = roleCallback;
    callbacks[`notify${capitalized(role)}Removed`] = roleCallback;
  }
  const methods = {
    ...factoryMethods,
    ...(callbacks as RoleCallbacks<Role> & EventCallbacks<Events>),
  };
  return service(`${definition.id}_factory`, methods, [FactoryInit]);
}

/** A role or an event, its first letter as it stands in the names of callbacks. */
export function capitalized(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
