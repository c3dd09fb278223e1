import { c, query, update } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';
import { Rollout, RolloutOrder } from '../model/upgrades/rollout.ts';

const changed = c.result(Rollout, Refusal);

/** A page of rollouts, newest first. */
export const RolloutPage = c.named(
  'RolloutPage',
  c.record({
    rollouts: c.vec(Rollout, { max: 20 }),
    /** Pass it on for the next page; `null` at the end. */
    next: c.opt(c.nat32),
  }),
);

/** What every factory offers on upgrades of its whole fleet. For administrators; anyone may look. */
export const rolloutMethods = {
  startRollout: update([RolloutOrder], changed),
  pauseRollout: update([c.nat32], changed),
  resumeRollout: update([c.nat32], changed),
  abortRollout: update([c.nat32], changed),
  getRollout: query([c.nat32], changed),
  /** Cursor, limit. */
  getRollouts: query([c.opt(c.nat32), c.opt(c.nat32)], RolloutPage),
} as const;
