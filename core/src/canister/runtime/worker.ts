import { after, every } from '../ic/timers.ts';
import { MessageContext, type Context } from './context.ts';

/** Background work of a canister: asleep at no cost until it is woken. */
export interface Worker {
  /** Lets it run `seconds` from now (whole seconds), or earlier if it was to run earlier. */
  wake(seconds?: number): void;
}

/**
 * How often a worker that lost its timer is found, in seconds. A timer is lost when its own message
 * traps; nothing else would wake the worker again. One message per half hour costs about 0.2 T cycles
 * a year.
 */
const WATCH_SECONDS = 1800;
const NANOSECONDS = 1_000_000_000n;
/** A run that has not returned after this long is taken for lost: its call context was cut off. */
const LOST_AFTER_SECONDS = 3600n;

const watched: { check(): void }[] = [];

/**
 * A worker that runs one step at a time.
 *
 * @param run does a bounded piece of work and returns the seconds until the next, or `null` when there
 *   is nothing left to do. It never runs twice at once.
 */
export function worker(run: (context: Context) => Promise<number | null> | number | null): Worker {
  const context = new MessageContext();
  /** When the next run is due; `null` while none is. */
  let due: bigint | null = null;
  /** How far off that was when it was set. */
  let ahead = 0;
  let runningSince: bigint | null = null;
  let wakeAgain: number | null = null;

  const schedule = (seconds: number): void => {
    // What was no further off then is earlier now: most wakes need no clock.
    if (due !== null && ahead <= seconds) return;
    const at = context.now + BigInt(seconds) * NANOSECONDS;
    if (due !== null && due <= at) return;
    due = at;
    ahead = seconds;
    after(seconds, () => step(at));
  };

  const step = async (at: bigint): Promise<void> => {
    // An earlier wake replaced this timer; timers cannot be taken back.
    if (due !== at) return;
    due = null;
    runningSince = context.now;
    try {
      const next = await run(context);
      if (next !== null) wakeAgain = Math.min(next, wakeAgain ?? next);
    } finally {
      // After a trap this runs in the cleanup of the message: plain assignments only.
      runningSince = null;
    }
    if (wakeAgain === null) return;
    const seconds = wakeAgain;
    wakeAgain = null;
    schedule(seconds);
  };

  const wake = (seconds = 0): void => {
    if (runningSince === null) schedule(seconds);
    else wakeAgain = Math.min(seconds, wakeAgain ?? seconds);
  };

  watched.push({
    check() {
      if (runningSince !== null) {
        if (context.now - runningSince < LOST_AFTER_SECONDS * NANOSECONDS) return;
        runningSince = null;
      }
      if (due !== null && due > context.now) return;
      due = null;
      wakeAgain = null;
      schedule(0);
    },
  });
  return { wake };
}

/** Starts the watch over this canister's workers, if it has any. */
export function startWatch(): void {
  if (watched.length === 0) return;
  every(WATCH_SECONDS, () => {
    for (const { check } of watched) check();
  });
}
