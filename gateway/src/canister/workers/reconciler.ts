import { worker } from '@fabrica/core/canister';

import { gateway } from '../memory.ts';
import { driver, worldOf } from '../orders.ts';
import { deliver } from './storages.ts';

/** Orders taken up in one run; each has at most a few calls under way, one after the other. */
const ORDERS_PER_RUN = 10;
/** Seconds until orders are looked at again that could not be worked on now. */
const LATER = 60;

/**
 * Finishes what an upgrade, a trap, an outage or a silent callee left open: every open order that is due, oldest
 * first. Asleep while none is open.
 */
export const reconciler = worker(async (context) => {
  const { journal, config } = gateway;
  if (journal.open === 0) return null;
  if (config.flag('emergency_stop')) return LATER;

  const { numbers } = journal.due(context.now, ORDERS_PER_RUN);
  const world = worldOf(context);
  const runs: Promise<unknown>[] = [];
  for (const number of numbers) {
    const order = driver.isBusy(number) ? null : journal.at(number);
    if (order !== null) runs.push(driver.resume(order, world));
  }
  await Promise.all(runs);
  deliver();

  if (journal.open === 0) return null;
  const { numbers: left, wait } = journal.due(context.now, 1);
  if (left.length === 0) return wait;
  return runs.length > 0 ? 0 : LATER;
});
