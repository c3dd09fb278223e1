import { httpMethods, Refusal } from '@fabrica/core';
import { c, query, service, update } from '@fabrica/core/candid';

import { AdministratorList } from './model/administration/administrators.ts';
import { CanisterIds, canisterIds } from './model/administration/wiring.ts';
import { ConfigChange } from './model/config/config.ts';
import { ConfigValue } from './model/config/keys.ts';
import { ConfigEntry } from './model/config/listing.ts';
import { SolvencyState } from './model/orders/solvency-record.ts';
import { SolvencyBook } from './model/orders/solvency.ts';
import { Profile } from './model/orders/users.ts';
import { RequestStatus } from './model/orders/view.ts';
import {
  FactoryRoles,
  MAX_REPORTS,
  RelatedContract,
  RelatedFilter,
  RelationshipReport,
  RoleNames,
} from './model/registry/report.ts';
import { MAX_ARGS_BYTES } from './model/saga/order.ts';
import { Resolution } from './model/saga/resolve.ts';
import { Withdrawal } from './model/treasury/withdrawal.ts';
import { ReportedHealth } from './peers/factory.ts';

const Text = c.text({ max: 64 });
/** Read with room to spare, so that one a little too long gets the refusal that says so. */
const RequestId = c.blob({ max: 1_000 });
const done = c.result(c.null, Refusal);

/** Rows of one page, at most. */
export const MAX_PAGE = 50;

/** What the gateway is installed with. */
export const GatewayInit = c.named(
  'GatewayInit',
  c.record({ administrators: AdministratorList, ...canisterIds }),
);

/** An order. `args` are the factory's own, as a Candid message. */
export const OrderRequest = c.named(
  'OrderRequest',
  c.record({
    factory: Text,
    args: c.blob({ max: 10 * MAX_ARGS_BYTES }),
    /** Chosen by the caller, 1 to 32 bytes, one for each order: the same one always gives the same answer. */
    requestId: c.opt(RequestId),
    /** The ledger to pay in; the gateway's own if left out. */
    ledger: c.opt(c.principal),
  }),
);

/** What an order came to. */
export const OrderReceipt = c.named(
  'OrderReceipt',
  c.record({
    requestId: RequestId,
    contract: c.principal,
    factory: Text,
    ledger: c.principal,
    /** What was charged, without the ledger's fee; 0 if the factory is free. */
    price: c.nat,
    /** The ledger's block of the charge; `null` if the factory is free. */
    block: c.opt(c.nat),
  }),
);

/** What an order would cost; amounts in the ledger's smallest unit. */
export const Quote = c.named(
  'Quote',
  c.record({
    factory: Text,
    ledger: c.principal,
    price: c.nat,
    /** The ledger's fee for the charge, on top of the price. */
    ledgerFee: c.nat,
    /** How much to approve for the gateway: price and fee. */
    approve: c.nat,
    /** What comes back if the order fails after it was charged: the price less the ledger's fee for sending it. */
    refundIfFailed: c.nat,
    /** Until when the price holds, in nanoseconds since the epoch. */
    expiresAt: c.nat64,
    /** When the ledger told its fee. */
    ledgerFeeAt: c.nat64,
  }),
);

/** A factory as the gateway knows it. */
export const FactoryEntry = c.named(
  'FactoryEntry',
  c.record({
    id: Text,
    canister: c.principal,
    enabled: c.bool,
    free: c.bool,
    /** In the gateway's own ledger. */
    fee: c.nat,
    /** In the other ledgers; 0 where it is not ordered in. */
    fees: c.vec(c.record({ ledger: c.principal, fee: c.nat }), { max: 20 }),
    registeredAt: c.nat64,
  }),
);

/** A page of a user's orders, newest first. */
export const RequestPage = c.named(
  'RequestPage',
  c.record({ requests: c.vec(RequestStatus, { max: MAX_PAGE }), next: c.opt(c.nat32) }),
);

const Outbox = c.record({
  /** Entries not yet confirmed by the storage. */
  waiting: c.nat32,
  /** What the last attempt failed with; empty after a success. */
  failure: c.text({ max: 1_000 }),
});

/** How the gateway is. */
export const SystemStatus = c.named(
  'SystemStatus',
  c.record({
    maintenance: c.bool,
    emergencyStop: c.bool,
    requests: c.nat32,
    open: c.nat32,
    /** How many orders are in each state. */
    states: c.vec(c.record({ state: c.text({ max: 20 }), count: c.nat32 }), { max: 32 }),
    /** Seconds since the oldest open order was accepted; 0 if none is open. */
    oldestOpenSeconds: c.nat64,
    audit: Outbox,
    invoice: Outbox,
    /** Withdrawals of earned fees that are confirmed and not ended. */
    withdrawalsOpen: c.nat32,
    /** What the last look at each ledger's account found. */
    solvency: c.vec(SolvencyState, { max: 100 }),
    cycles: c.nat,
    /** What an administrator should look at; empty if all is well. */
    alerts: c.vec(c.text({ max: 500 }), { max: 300 }),
  }),
);

/** The books of a ledger beside what the ledger says the gateway holds. */
export const SolvencyCheck = c.named(
  'SolvencyCheck',
  c.record({
    book: SolvencyBook,
    /** What the gateway's account holds. */
    held: c.nat,
    /** In flight, owed, earned and leaving together. */
    booked: c.nat,
    /** True if at least what is booked is held, allowing for what may have left already. */
    solvent: c.bool,
    /** True if nothing was moving meanwhile, so that the figures are exact. */
    exact: c.bool,
  }),
);

/** How a factory was when it last said so. */
export const FactoryPulse = c.named(
  'FactoryPulse',
  c.record({
    factory: Text,
    canister: c.principal,
    enabled: c.bool,
    /** True if it answered last time, and would take an order. */
    healthy: c.bool,
    /** Seconds without an answer, once they are enough to keep orders from it. */
    silentSeconds: c.opt(c.nat64),
    /** Nanoseconds since the epoch; 0 for never, as after an upgrade. */
    askedAt: c.nat64,
    answeredAt: c.nat64,
    failure: c.text({ max: 300 }),
    health: c.opt(ReportedHealth),
  }),
);

/** A part of the system, and what it lacks. */
export const SetupPart = c.named(
  'SetupPart',
  c.record({
    name: Text,
    canister: c.opt(c.principal),
    ready: c.bool,
    /** What is missing and how to set it; empty if nothing is. */
    missing: c.text({ max: 300 }),
  }),
);

/** A ledger that orders may be paid in. */
export const LedgerEntry = c.named(
  'LedgerEntry',
  c.record({
    /** Names it in settings; `null` for the gateway's own. */
    id: c.opt(Text),
    ledger: c.principal,
    enabled: c.bool,
    /** Its own fee; `null` until it told. */
    ledgerFee: c.opt(c.nat),
  }),
);

/** A page of what a user has to do with, newest first. */
export const RelatedPage = c.named(
  'RelatedPage',
  c.record({
    contracts: c.vec(RelatedContract, { max: MAX_PAGE }),
    /** What the bits of roles mean, for the factories on the page. */
    factories: c.vec(FactoryRoles, { max: 100 }),
    next: c.opt(c.nat32),
  }),
);

/** A user's first screen. */
export const Dashboard = c.named(
  'Dashboard',
  c.record({
    profile: Profile,
    /** The latest ten. */
    requests: c.vec(RequestStatus, { max: MAX_PAGE }),
    /** Cursor of getMyRequests for those before. */
    nextRequest: c.opt(c.nat32),
    /** The latest fifty, created and related, of all factories. */
    related: RelatedPage,
  }),
);

/** The gateway: where users pay and order. */
export const GatewayService = service(
  'gateway',
  {
    // Orders
    createContract: update([OrderRequest], c.result(OrderReceipt, Refusal)),
    quote: query([Text, c.opt(c.principal)], c.result(Quote, Refusal)),
    getServiceFee: query([Text], c.result(c.nat, Refusal)),
    getFactories: query([], c.vec(FactoryEntry, { max: 100 })),
    /** One's own request; an administrator may name another owner. */
    getRequest: query([RequestId, c.opt(c.principal)], c.result(RequestStatus, Refusal)),
    /** Newest first; the cursor is what the page before gave as `next`. */
    getMyRequests: query([c.opt(c.nat32), c.nat32], c.result(RequestPage, Refusal)),
    getCurrentUserProfile: query([], Profile),

    /** Asks for the money of one's own order that does not end: requestId, and why. */
    requestRefund: update([RequestId, c.text({ max: 200 })], c.result(RequestStatus, Refusal)),

    // Registry
    /** By a factory: number of the first, names of its roles, reports about its own contracts. */
    reportRelationships: update(
      [c.nat64, RoleNames, c.vec(RelationshipReport, { max: MAX_REPORTS })],
      c.result(c.nat64, Refusal),
    ),
    getNextReport: query([c.principal], c.result(c.nat64, Refusal)),
    /** User (oneself if left out), filter, cursor, limit. */
    getRelatedCanisters: query(
      [c.opt(c.principal), c.opt(RelatedFilter), c.opt(c.nat32), c.nat32],
      c.result(RelatedPage, Refusal),
    ),
    getDashboard: query([c.opt(c.principal)], c.result(Dashboard, Refusal)),

    // Views of the system
    getFactoryHealth: query([], c.vec(FactoryPulse, { max: 100 })),
    getMicroserviceSetupStatus: query([], c.vec(SetupPart, { max: 200 })),
    getLedgers: query([], c.vec(LedgerEntry, { max: 100 })),
    ...httpMethods,
    getSystemStatus: query([], SystemStatus),
    getSolvency: query([], c.vec(SolvencyBook, { max: 100 })),
    checkSolvency: update([c.opt(c.principal)], c.result(SolvencyCheck, Refusal)),
    getCanisterIds: query([], CanisterIds),
    getConfigValue: query([Text], c.result(ConfigValue, Refusal)),
    getConfigValues: query([], c.vec(ConfigEntry, { max: 1_000 })),
    /** Oldest first: from, limit. */
    getConfigHistory: query(
      [c.nat32, c.nat32],
      c.result(c.vec(ConfigChange, { max: MAX_PAGE }), Refusal),
    ),
    getAdministrators: query([], AdministratorList),

    // Treasury: earned fees only
    /** Oldest first: from, limit. */
    getWithdrawals: query(
      [c.nat32, c.nat32],
      c.result(c.vec(Withdrawal, { max: MAX_PAGE }), Refusal),
    ),
    /** Ledger, amount with the ledger's fee. */
    proposeWithdrawal: update([c.principal, c.nat], c.result(Withdrawal, Refusal)),
    confirmWithdrawal: update([c.nat32], c.result(Withdrawal, Refusal)),
    cancelWithdrawal: update([c.nat32], done),
    /** The ledger's block of a stuck withdrawal, or none if it was not sent. */
    resolveWithdrawal: update([c.nat32, c.opt(c.nat)], done),

    // Administration
    registerLedger: update([Text, c.principal], done),
    registerFactory: update([Text, c.principal], done),
    setFactoryEnabled: update([Text, c.bool], done),
    setConfigValue: update([Text, ConfigValue], done),
    setCanisterIds: update([CanisterIds], done),
    setAdministrators: update([AdministratorList], done),
    setUserSuspended: update([c.principal, c.bool], done),
    /** Open orders, oldest first. */
    getOpenRequests: query([c.nat32], c.result(c.vec(RequestStatus, { max: MAX_PAGE }), Refusal)),
    /** Decides about an order, by its number, that cannot find out itself what happened. */
    resolveRequest: update([c.nat32, Resolution], c.result(RequestStatus, Refusal)),
  },
  [GatewayInit],
);
