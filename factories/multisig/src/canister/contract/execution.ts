import { callRaw, worker, type Context } from '@fabrica/core/canister';

import { attend, beginDue } from '../../model/execution/attend.ts';
import { record, resume } from '../../model/execution/step.ts';
import { SECOND } from '../../model/time.ts';
import { wallet } from './wallet.ts';

/** Proposals whose actions a message of this canister carries out now. Lost at an upgrade, as those messages are. */
const running = new Set<number>();
/** Proposals that the alarm found ready, for the next free lane. */
const ready = new Set<number>();

/**
 * Executions that go on at once without anybody's asking. A called canister may be silent for ever: each
 * lane can lose an hour to one, and the next takes over.
 */
const LANES = 8;

/** True while a message carries out the proposal. */
export const isRunning = (id: number): boolean => running.has(id);

/** Carries a begun proposal as far as it goes: to its end, or to a repetition that is not due yet. */
export async function run(id: number, context: Context): Promise<void> {
  if (running.has(id)) return;
  running.add(id);
  try {
    let step = resume(wallet, id, context);
    while (step !== null) {
      const { canister, method, args, cycles } = step;
      const answer = await callRaw(canister, method, args, cycles);
      step = record(wallet, id, answer, context);
    }
  } finally {
    // Runs when the message is cleaned up after a trap, too: a plain change of the heap only.
    running.delete(id);
  }
  wakeExecutions();
}

/** Looks for what is due, and gives it to the lanes; never waits for a call itself. */
const alarm = worker((context) => {
  const { run: due, next } = attend(wallet, context.now);
  for (const id of due) if (!running.has(id)) ready.add(id);
  let waiting = ready.size;
  for (const lane of lanes) {
    if (waiting === 0) break;
    if (lane.isBusy) continue;
    lane.wake();
    waiting -= 1;
  }
  return next === null ? null : secondsUntil(next, context.now);
});

const lanes = Array.from({ length: LANES }, () => {
  let isBusy = false;
  const lane = worker(async (context) => {
    const id = takeReady();
    if (id === null) return null;
    isBusy = true;
    try {
      await advance(id, context);
    } finally {
      isBusy = false;
    }
    return ready.size > 0 ? 0 : null;
  });
  return {
    wake: () => lane.wake(),
    get isBusy() {
      return isBusy;
    },
  };
});

/**
 * To be called when something may have become due, or will be in `seconds`, and after an upgrade. Costs nothing
 * while nothing is open.
 */
export function wakeExecutions(seconds = 0): void {
  if (wallet.register.open > 0) alarm.wake(seconds);
}

async function advance(id: number, context: Context): Promise<void> {
  if (running.has(id)) return;
  const state = wallet.ballot(id)?.state;
  if (state === undefined) return;
  if ('Executing' in state || beginDue(wallet, id, context)) await run(id, context);
}

function takeReady(): number | null {
  const [id] = ready;
  if (id === undefined) return null;
  ready.delete(id);
  return id;
}

/** Whole seconds, rounded up: a timer that is early would find nothing. */
function secondsUntil(due: bigint, now: bigint): number {
  return due <= now ? 0 : Number((due - now + SECOND - 1n) / SECOND);
}
