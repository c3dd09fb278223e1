import { c, type Infer } from '../candid/index.ts';
import { Hearsay } from '../model/hearsay.ts';
import { IndexCheck } from '../model/index-check.ts';
import { ContractInfo } from './contract-info.ts';

/** A contract in somebody's list, and what he has to do with it. */
export const MyContract = c.named(
  'MyContract',
  c.record({ contract: ContractInfo, roles: c.vec(c.text({ max: 32 }), { max: 8 }) }),
);
export type MyContract = Infer<typeof MyContract>;

/** Which page of a list. */
export const PageRequest = c.named(
  'PageRequest',
  c.record({
    /** Where the page before ended; `null` for the first. */
    cursor: c.opt(c.blob({ max: 32 })),
    /** Rows wanted, 1 to 100; default 50. */
    limit: c.opt(c.nat32),
  }),
);
export type PageRequest = Infer<typeof PageRequest>;

/** A page of somebody's contracts, newest first. */
export const MyContractPage = c.named(
  'MyContractPage',
  c.record({
    contracts: c.vec(MyContract, { max: 200 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.blob({ max: 32 })),
  }),
);

/** A page of contracts, newest first. */
export const ContractPage = c.named(
  'ContractPage',
  c.record({
    contracts: c.vec(ContractInfo, { max: 200 }),
    next: c.opt(c.blob({ max: 32 })),
  }),
);

/** The gateway's word that an order was paid. The factory trusts the gateway, not the figures. */
export const PaymentReference = c.named(
  'PaymentReference',
  c.record({
    /** The request at the gateway: one contract at most is ever made for it. */
    requestId: c.blob({ max: 64 }),
    ledger: c.principal,
    /** In the ledger's smallest unit. */
    amount: c.nat,
    /** Block of the charge; `null` where the factory is free. */
    block: c.opt(c.nat),
  }),
);
export type PaymentReference = Infer<typeof PaymentReference>;

/** What became of a request that the gateway gives up on. Final either way. */
export const Cancellation = c.named(
  'Cancellation',
  c.variant({ Deployed: c.principal, Cancelled: c.null }),
);

/** What the factory says of an order it would take. */
export const OrderCheck = c.named(
  'OrderCheck',
  c.record({
    name: c.text({ max: 64 }),
    version: c.text({ max: 32 }),
    /** For the buyer, to read before he pays. */
    notes: c.vec(c.text({ max: 500 }), { max: 20 }),
  }),
);

/** A version of the contract that the factory can make. Its module lies in the factory's chunk store. */
export const VersionRegistration = c.named(
  'VersionRegistration',
  c.record({
    version: c.text({ max: 32 }),
    /** SHA-256 of the module as sent. */
    moduleHash: c.blob({ max: 32 }),
    /** SHA-256 of each piece, in order, as `uploadModuleChunk` answered them. */
    chunks: c.vec(c.blob({ max: 32 }), { max: 100 }),
    notes: c.text({ max: 1000 }),
    /** Only stable versions are made by default. */
    stable: c.bool,
  }),
);
export type VersionRegistration = Infer<typeof VersionRegistration>;

/** A registered version. Never carries the module's bytes. */
export const VersionInfo = c.named(
  'VersionInfo',
  c.record({
    version: c.text({ max: 32 }),
    moduleHash: c.blob({ max: 32 }),
    notes: c.text({ max: 1000 }),
    stable: c.bool,
    registeredAt: c.nat64,
    registeredBy: c.principal,
    /** Range of versions that may be upgraded to it; `null` for all older ones. */
    upgradableFrom: c.opt(c.text({ max: 200 })),
    /** SHA-256 of the Candid interface, as checked where it was built; what that check found. */
    candidHash: c.opt(c.blob({ max: 32 })),
    compatibility: c.opt(c.text({ max: 500 })),
    /** Neither made nor upgraded to unless somebody names it. */
    deprecated: c.bool,
    /** Why it was withdrawn for good; `null` if it was not. */
    yanked: c.opt(c.text({ max: 500 })),
  }),
);

/** A page of versions, the last registered first. */
export const VersionPage = c.named(
  'VersionPage',
  c.record({
    versions: c.vec(VersionInfo, { max: 50 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.nat32),
  }),
);

/** Who may do what at a factory; public, so that anyone can check. */
export const Whitelist = c.named(
  'Whitelist',
  c.record({
    /** May order contracts on behalf of users. */
    gateways: c.vec(c.principal, { max: 100 }),
    /** May configure the factory and register versions. */
    administrators: c.vec(c.principal, { max: 100 }),
  }),
);
export type Whitelist = Infer<typeof Whitelist>;

/** Settings of a factory. Absent fields stay as they are. */
export const FactoryConfigUpdate = c.named(
  'FactoryConfigUpdate',
  c.record({
    /** While true no contract is made. */
    paused: c.opt(c.bool),
    /** Cycles the factory keeps for itself; it refuses orders rather than go below. */
    reserve: c.opt(c.nat),
    /** Cycles sent to one contract in a day at most, beginning with the first; and to all together. */
    topUpPerContract: c.opt(c.nat),
    topUpPerDay: c.opt(c.nat),
    /** Whether contracts and their owners may ask for cycles; administrators may always. */
    topUpByOwners: c.opt(c.bool),
    /** Whether gateways are told who has to do with which contract; they are unless it is false. */
    reportRelationships: c.opt(c.bool),
  }),
);

/** The settings of a factory; see {@link FactoryConfigUpdate}. */
export const FactoryConfig = c.named(
  'FactoryConfig',
  c.record({
    paused: c.bool,
    reserve: c.nat,
    topUpPerContract: c.nat,
    topUpPerDay: c.nat,
    topUpByOwners: c.bool,
    reportRelationships: c.bool,
  }),
);

/** How many contracts have a version or a status. */
export const Tally = c.named('Tally', c.record({ name: c.text({ max: 32 }), contracts: c.nat32 }));

/** How a factory is. */
export const FactoryHealth = c.named(
  'FactoryHealth',
  c.record({
    id: c.text({ max: 32 }),
    /** True if it would take an order now. */
    healthy: c.bool,
    paused: c.bool,
    /** Cycles held. */
    cycles: c.nat,
    /** Those of them that the platform does not keep back. */
    spendable: c.nat,
    /** Cycles that the factory keeps back itself. */
    reserve: c.nat,
    latestVersion: c.opt(c.text({ max: 32 })),
    contracts: c.nat32,
    /** Orders that ended without a contract. */
    failed: c.nat32,
    /** Deployments begun and not ended. */
    underWay: c.nat32,
    /** Empty canisters of failed deployments, used again by the next. */
    spares: c.nat32,
    callbacks: c.nat64,
    byStatus: c.vec(Tally, { max: 100 }),
    byVersion: c.vec(Tally, { max: 100 }),
    /** Events of the domain, by name; see `getContractEvents`. */
    events: c.vec(c.record({ name: c.text({ max: 32 }), count: c.nat64 }), { max: 50 }),
    /** Upgrades under way, and how those that ended did. */
    upgrades: c.record({
      underWay: c.nat32,
      committed: c.nat32,
      restored: c.nat32,
      failed: c.nat32,
    }),
    /** Changed contracts whose rows are being brought up to date, and snapshots being taken in. */
    refreshesWaiting: c.nat32,
    snapshotsWaiting: c.nat32,
    /** Changes that gateways are still to be told of; times that too many waited; reports not taken. */
    relationships: c.record({ waiting: c.nat32, overflows: c.nat32, refused: c.nat32 }),
    /** For how long the oldest piece of each kind of work has been open, where there is any. */
    ages: c.vec(c.record({ name: c.text({ max: 32 }), seconds: c.nat64 }), { max: 20 }),
    /** What the reports of contracts came to. */
    reports: Hearsay,
    /** The last check of lists and sets, or the one under way; `null` if there was none. */
    indexes: c.opt(IndexCheck),
    /** Seconds until the factory freezes if it does nothing; `null` if the platform did not tell yet. */
    freezesIn: c.opt(c.nat64),
  }),
);

/** An event of a contract's domain, as the factory took it. */
export const EmittedEvent = c.named(
  'EmittedEvent',
  c.record({
    /** How many events of the contract came before. */
    number: c.nat32,
    name: c.text({ max: 32 }),
    /** When the factory heard of it; nanoseconds since the epoch. */
    at: c.nat64,
    /** A Candid message of the one value it carries. */
    payload: c.blob({ max: 2_000 }),
  }),
);
export type EmittedEvent = Infer<typeof EmittedEvent>;

/** A page of a contract's last events, newest first. */
export const EmittedPage = c.named(
  'EmittedPage',
  c.record({
    events: c.vec(EmittedEvent, { max: 100 }),
    /** How many events the contract ever sent; the oldest are no longer kept. */
    total: c.nat32,
    next: c.opt(c.nat32),
  }),
);
