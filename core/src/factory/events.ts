import { c, type Infer } from '../candid/index.ts';

/** Most bytes that an event of a domain carries, as a Candid message. */
export const MAX_PAYLOAD = 2_000;

/** Something that changed in a contract and that its factory indexes. */
export const ContractEvent = c.named(
  'ContractEvent',
  c.variant({
    /** The contract runs and knows its factory. */
    DeploymentComplete: c.null,
    StatusChanged: c.text({ max: 32 }),
    VisibilityChanged: c.bool,
    /** The owner lets the factory upgrade the contract on its own, or no longer. */
    AutoUpdateChanged: c.bool,
    RoleAdded: c.record({ role: c.text({ max: 32 }), user: c.principal }),
    RoleRemoved: c.record({ role: c.text({ max: 32 }), user: c.principal }),
    /**
     * The contract tells everything anew: what it is now, then `RoleAdded` for each holder of a role. What
     * the factory knew beside is dropped at the end; holders of roles only if `roles` is true.
     */
    SnapshotBegun: c.record({
      status: c.text({ max: 32 }),
      isPublic: c.bool,
      autoUpdate: c.bool,
      roles: c.bool,
    }),
    SnapshotEnded: c.null,
    /** An event of the domain itself; `payload` is a Candid message of the one value it carries. */
    Emitted: c.record({ name: c.text({ max: 32 }), payload: c.blob({ max: MAX_PAYLOAD }) }),
  }),
);
export type ContractEvent = Infer<typeof ContractEvent>;

/** Most events in one batch. */
export const MAX_EVENTS = 20;

/** What a contract tells its factory: events, and where they belong. */
export const Report = c.named(
  'Report',
  c.record({
    /**
     * The life of the contract that the events are numbered in: larger after a reinstallation, or after its
     * state was put back. Nanoseconds since the epoch at its beginning serve well; 0 is not allowed.
     */
    epoch: c.nat64,
    /** Number of the first event, without gaps from 0 at birth. */
    first: c.nat64,
    events: c.vec(ContractEvent, { max: MAX_EVENTS }),
    /** Events that the contract gave up in this life, because too many waited. */
    dropped: c.nat32,
    /** Since when the oldest of the events waits; nanoseconds since the epoch. */
    waitingSince: c.nat64,
  }),
);
export type Report = Infer<typeof Report>;

/** What a factory answers to a {@link Report}. */
export const Receipt = c.named(
  'Receipt',
  c.record({
    /** Number of the event expected next. */
    next: c.nat64,
    /** True if the contract should send a snapshot. */
    snapshotWanted: c.bool,
  }),
);
export type Receipt = Infer<typeof Receipt>;
