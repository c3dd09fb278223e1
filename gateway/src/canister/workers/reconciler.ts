import { worker, type Context } from '@fabrica/core/canister';

import { isFinal, type Order } from '../../model/saga/order.ts';
import { FOREVER } from '../../model/saga/steps.ts';
import { gateway } from '../memory.ts';
import { driver, worldOf } from '../orders.ts';
import { inOwnLane } from './lanes.ts';
import { deliver } from './storages.ts';

/** Orders taken up in one run. */
const ORDERS_PER_RUN = 10;
/** Seconds until orders are looked at again that could not be worked on now. */
const LATER = 60;

/**
 * Finishes what an upgrade, a trap, an outage or a silent callee left open: every open order that is due, oldest
 * first, each on its own. It waits for none of them, so that a silent callee keeps its own orders only; from a message
 * that has waited for an hour it takes the order away. Asleep while none is open.
 */
export const reconciler = worker((context) => {
  const { journal, config } = gateway;
  if (journal.open === 0) return null;
  if (config.flag('emergency_stop')) return LATER;

  const inHand = (number: number) => !driver.giveUp(number, context.now);
  const { numbers, wait } = journal.due(context.now, ORDERS_PER_RUN, inHand);
  for (const number of numbers) takeUp(number);
  // More may be due than one run takes; those taken up are busy by the next.
  if (numbers.length === ORDERS_PER_RUN) return 1;
  return wait === null ? LATER : Math.max(wait, 1);
});

/** Takes an open order up now, on its own, if no message works on it. */
export function takeUp(number: number): void {
  inOwnLane(async (context) => {
    const order = driver.isBusy(number) ? null : gateway.journal.at(number);
    if (order === null || isFinal(order)) return;
    const after = await driver.resume(order, worldOf(context));
    deliver();
    comeBack(after, context);
  });
}

/** Sees that an open order is taken up when its pause is over. */
export function comeBack(order: Order, { now }: Context): void {
  if (isFinal(order) || order.notBefore >= FOREVER) return;
  const pause = order.notBefore > now ? order.notBefore - now : 0n;
  reconciler.wake(Number(pause / 1_000_000_000n) + 1);
}
