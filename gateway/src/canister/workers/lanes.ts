import { worker, type Context } from '@fabrica/core/canister';

/** Work that waits for other canisters. What it throws rolls its message back. */
export type Job = (context: Context) => Promise<unknown>;

interface Lane {
  job: Job | null;
  readonly wake: () => void;
}

/** Lanes without a job. There are never more lanes than there were jobs at once, and those are bounded by open orders. */
const idle: Lane[] = [];

/**
 * Runs a job on its own, soon: a callee that never answers holds up this job and nobody else's. A job is a message of
 * its own rather than a promise left alone, because only a message is rolled back when its code throws.
 */
export function inOwnLane(job: Job): void {
  const lane = idle.pop() ?? openLane();
  lane.job = job;
  lane.wake();
}

function openLane(): Lane {
  const run = worker(async (context) => {
    const { job } = lane;
    if (job === null) return null;
    lane.job = null;
    try {
      await job(context);
    } finally {
      // Also after a trap: a plain heap write.
      idle.push(lane);
    }
    return null;
  });
  const lane: Lane = { job: null, wake: () => run.wake() };
  return lane;
}
