import { c, type Infer } from '../../candid/index.ts';

/** Contracts that a rollout upgrades at once, at most; the rest of the room is for owners. */
export const MAX_CONCURRENCY = 40;

/** A version for a whole fleet: who gets it, in which steps, and when to stop. */
export const RolloutOrder = c.named(
  'RolloutOrder',
  c.record({
    version: c.text({ max: 32 }),
    /** Contracts upgraded first, and looked at before any other, 1 to 50. */
    canary: c.nat32,
    /** How far each wave goes, in percent of the fleet: ascending, the last one 100. */
    waves: c.vec(c.nat8, { max: 10 }),
    /** Contracts upgraded at once, 1 to 40. */
    concurrency: c.nat32,
    /** It halts once more than this many percent of the upgrades went wrong, 0 to 100. */
    maxFailurePercent: c.nat8,
    /** Seconds to wait after the canary and after each wave, at most a week. */
    soakSeconds: c.nat32,
    /** Only contracts of these versions; of all if empty. */
    versions: c.vec(c.text({ max: 32 }), { max: 20 }),
    /** Only contracts of these statuses; of all if empty. */
    statuses: c.vec(c.text({ max: 32 }), { max: 20 }),
    /** Only contracts whose owners let the factory upgrade them on its own. */
    optedInOnly: c.bool,
    /** The fleet: these contracts; all of the factory if empty. */
    include: c.vec(c.principal, { max: 100 }),
    /** Not these. */
    exclude: c.vec(c.principal, { max: 100 }),
  }),
);
export type RolloutOrder = Infer<typeof RolloutOrder>;

/** Where a rollout stands. */
export const RolloutState = c.named(
  'RolloutState',
  c.variant({
    Running: c.null,
    /** By an administrator: nothing new is begun. */
    Paused: c.null,
    /** Too much went wrong: nothing new is begun until an administrator resumes it. */
    Halted: c.null,
    /** Everybody had his turn. Final. */
    Completed: c.null,
    /** By an administrator. Final. */
    Aborted: c.null,
  }),
);
export type RolloutState = Infer<typeof RolloutState>;

/** A rollout, as it is kept and as it is told. */
export const Rollout = c.named(
  'Rollout',
  c.record({
    number: c.nat32,
    order: RolloutOrder,
    state: RolloutState,
    /** 0 for the canary, then the number of the wave. */
    stage: c.nat32,
    /** How many of the fleet were looked at, of how many. */
    cursor: c.nat32,
    fleet: c.nat32,
    /** Contracts that were passed over: filtered out, pinned, up to date, not managed. */
    skipped: c.nat32,
    /** Upgrades under way. */
    active: c.nat32,
    /** Upgrades that ended, by how. */
    committed: c.nat32,
    restored: c.nat32,
    failed: c.nat32,
    /** Upgrades that ended since it was started or resumed, and those of them that went wrong. */
    judged: c.nat32,
    judgedWrong: c.nat32,
    /** No wave begins before; nanoseconds since the epoch. */
    soakUntil: c.nat64,
    startedBy: c.principal,
    startedAt: c.nat64,
    changedAt: c.nat64,
  }),
);
export type Rollout = Infer<typeof Rollout>;

/** True if the rollout will never begin another upgrade. */
export function isRolloutOver({ state }: Pick<Rollout, 'state'>): boolean {
  return 'Completed' in state || 'Aborted' in state;
}
