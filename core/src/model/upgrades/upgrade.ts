import { c, type Infer } from '../../candid/index.ts';
import { Refusal } from '../../errors/index.ts';

/**
 * Where an upgrade stands.
 *
 * Forward: `Prepared` (nothing touched yet) -> `Stopping` -> `Snapshotting` -> `Installing` -> `Starting`
 * -> `Probing` -> `Cleaning` (the snapshot is deleted) -> `Committed`.
 * Back: `Halting` (stopped once more) -> `Restoring` (the snapshot is loaded) -> `Reviving` (started) ->
 * `Cleaning` -> `Restored` or `Failed`. What failed before new code ran goes to `Reviving` at once.
 *
 * The snapshot is taken once the contract has stopped, so that loading it loses nothing that happened
 * between the two.
 */
export const UpgradePhase = c.named(
  'UpgradePhase',
  c.variant({
    Prepared: c.null,
    Stopping: c.null,
    Snapshotting: c.null,
    Installing: c.null,
    Starting: c.null,
    Probing: c.null,
    Halting: c.null,
    Restoring: c.null,
    Reviving: c.null,
    Cleaning: c.null,
    /** The new version runs and answered. Final. */
    Committed: c.null,
    /** The new version was refused, by the platform or by the probe; the old one runs as before. Final. */
    Restored: c.null,
    /** Given up; `reason` says why and what runs now. Final. */
    Failed: c.null,
  }),
);
export type UpgradePhase = Infer<typeof UpgradePhase>;
type Keys<T> = T extends T ? keyof T : never;
/** A phase by its name. */
export type PhaseName = Keys<UpgradePhase>;
/** How an upgrade may end. */
export type FinalPhase = 'Committed' | 'Restored' | 'Failed';

/** Who set an upgrade off. */
export const UpgradeInitiator = c.named(
  'UpgradeInitiator',
  c.variant({
    Owner: c.null,
    Contract: c.null,
    Administrator: c.null,
    /** Number of the rollout. */
    Rollout: c.nat32,
  }),
);
export type UpgradeInitiator = Infer<typeof UpgradeInitiator>;

const shown = {
  contract: c.principal,
  /** Number of the contract in the directory. */
  number: c.nat32,
  fromVersion: c.text({ max: 32 }),
  /** SHA-256 of the module before, as read from the platform. */
  fromHash: c.blob({ max: 32 }),
  toVersion: c.text({ max: 32 }),
  toHash: c.blob({ max: 32 }),
  initiator: UpgradeInitiator,
  /** The transport's caller that asked for it. */
  requestedBy: c.principal,
  phase: UpgradePhase,
  /** SHA-256 of the module that the contract was last seen to run. */
  foundHash: c.opt(c.blob({ max: 32 })),
  /** Why it is undone, or was. */
  reason: c.opt(Refusal),
  /** Times that the current step was tried. */
  attempts: c.nat32,
  /** Nanoseconds since the epoch. */
  requestedAt: c.nat64,
  /** When the phase began. */
  changedAt: c.nat64,
} as const;

/** An upgrade as it is told, under way or in the history. */
export const Upgrade = c.named('Upgrade', c.record(shown));
export type Upgrade = Infer<typeof Upgrade>;

/** An upgrade as it is kept: what is told, and what carrying it out needs. */
export const UpgradeRecord = c.record({
  ...shown,
  /** The final phase it is heading for. */
  ending: UpgradePhase,
  /** True if the platform must be asked what is so, before anything is done. */
  look: c.bool,
  /** The snapshot to go back to. */
  snapshot: c.opt(c.blob({ max: 64 })),
  /** What the last failure said; used as the reason if it was one too many. */
  failure: c.text({ max: 500 }),
  /** False once the factory was found to be no controller any more. */
  controlled: c.bool,
  /** Nothing is to be tried before, in nanoseconds since the epoch. */
  dueAt: c.nat64,
});
export type UpgradeRecord = Infer<typeof UpgradeRecord>;

/** The name of a record's phase. */
export function phaseOf({ phase }: { readonly phase: UpgradePhase }): PhaseName {
  return Object.keys(phase)[0] as PhaseName;
}

/** A phase by its name. */
export function phase(name: PhaseName): UpgradePhase {
  return { [name]: null } as unknown as UpgradePhase;
}

/** True if nothing will change any more. */
export function isOver({ phase: at }: { readonly phase: UpgradePhase }): boolean {
  return 'Committed' in at || 'Restored' in at || 'Failed' in at;
}

/** What a new upgrade is made of. */
export type UpgradeOrder = Pick<
  UpgradeRecord,
  | 'contract'
  | 'number'
  | 'fromVersion'
  | 'fromHash'
  | 'toVersion'
  | 'toHash'
  | 'initiator'
  | 'requestedBy'
>;

/** An upgrade that nothing was done for yet. */
export function prepared(order: UpgradeOrder, now: bigint): UpgradeRecord {
  return {
    ...order,
    phase: phase('Prepared'),
    ending: phase('Committed'),
    look: true,
    attempts: 0,
    snapshot: null,
    controlled: true,
    foundHash: null,
    failure: '',
    reason: null,
    requestedAt: now,
    changedAt: now,
    dueAt: now,
  };
}
