import { MessageContext } from '../runtime/context.ts';
import type { Worker } from '../runtime/worker.ts';

/** A worker over a queue, which knows since when the queue is not empty. */
export interface AgedWorker extends Worker {
  /** Nanoseconds since the epoch; `null` if nothing waits. An upgrade makes it later than it is. */
  readonly since: bigint | null;
}

/** @param waiting how much waits; the worker is woken after each piece that is added. */
export function aged(work: Worker, waiting: () => number): AgedWorker {
  const context = new MessageContext();
  let since: bigint | null = null;
  return {
    wake(seconds) {
      if (since === null || waiting() <= 1) since = context.now;
      work.wake(seconds);
    },
    get since() {
      return waiting() > 0 ? since : null;
    },
  };
}
