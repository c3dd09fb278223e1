import type { Effect } from './events.ts';
import { stateOf, type Order } from './order.ts';
import { DEDUPLICATION_WINDOW, end, enter } from './steps.ts';
import { gatewayErrors } from '../../errors.ts';
import { settledAt } from '../look-up/window.ts';

/** The order as it must be journaled before `effect` is sent; no effect if there is nothing to do now. */
export interface Intent {
  readonly order: Order;
  readonly effect: Effect | null;
}

/**
 * What to do next, as an intent: journal `order`, then send `effect` (guideline M1).
 *
 * An order that was charged goes on to `Deploying` here, and `Create` is sent in that one transition only.
 * Whoever finds an order in `Deploying` afterwards can merely ask what became of it.
 */
export function begin(order: Order, now: bigint): Intent {
  if (now < order.notBefore) return { order, effect: null };
  switch (stateOf(order)) {
    case 'Accepted':
      return { order, effect: 'Validate' };
    case 'Charging':
      return transfer(order, 'charge', 'Charge', now);
    case 'Charged':
      return { order: enter(order, 'Deploying', now), effect: 'Create' };
    case 'Deploying':
      return { order, effect: 'Cancel' };
    case 'Refunding':
      return transfer(order, 'refund', 'Refund', now);
    case 'Stuck':
      return lookUp(order, now);
    default:
      return { order, effect: null };
  }
}

/** A look-up, once nothing that was sent can be carried out any more. */
function lookUp(order: Order, now: bigint): Intent {
  const sent = order.refund ?? order.charge;
  if (sent === null) throw new Error(`Order ${order.number} is stuck without a transfer`);
  const from = settledAt(sent);
  if (now < from) return { order: { ...order, notBefore: from }, effect: null };
  return { order, effect: 'LookUp' };
}

/**
 * A transfer about to be sent. While an earlier attempt may have happened it is the identical transfer, so that
 * the ledger answers for both; once none can have happened, it gets a new time.
 */
function transfer(
  order: Order,
  field: 'charge' | 'refund',
  effect: 'Charge' | 'Refund',
  now: bigint,
): Intent {
  const sent = order[field];
  if (sent === null) throw new Error(`Order ${order.number} has no ${field} to send`);
  if (sent.unknown > 0 && now >= sent.createdAt + DEDUPLICATION_WINDOW) {
    return begin(enter(order, 'Stuck', now), now);
  }
  const createdAt = sent.unknown === 0 ? now : sent.createdAt;
  const next = { ...sent, createdAt, unknown: sent.unknown + 1 };
  return { order: { ...order, updatedAt: now, [field]: next }, effect };
}

/**
 * The order as someone finds it who does not know what happened to its last call: after an upgrade, a trap,
 * or under an emergency stop. One that surely charged nothing ends here; the others go on as they are.
 */
export function recover(
  order: Order,
  now: bigint,
  refusal = gatewayErrors.interrupted().Err,
): Order {
  const state = stateOf(order);
  const uncharged = state === 'Accepted' || (state === 'Charging' && order.charge?.unknown === 0);
  return uncharged ? end(order, 'Refused', now, { refusal }) : order;
}
