import type { Refusal } from '@fabrica/core';

import type { Order, StateName } from './order.ts';

const SECOND = 1_000_000_000n;
const HOUR = 3600n * SECOND;

/**
 * How long a ledger recognises a repeated transfer by its `created_at_time`: ICRC-1's usual window of 24 hours.
 * Past it a repetition could be a second payment, so none is sent.
 */
export const DEDUPLICATION_WINDOW = 24n * HOUR;

/** The moment of an order that is not tried again by itself, in nanoseconds: 2106, the last that schedules can name. */
export const FOREVER = 0xffff_ffffn * SECOND;

/**
 * The pause before the next attempt, in nanoseconds: none after the first failure, then 5 seconds, doubled
 * each time up to an hour.
 */
export function pauseAfter(attempts: number): bigint {
  if (attempts <= 1) return 0n;
  if (attempts > 11) return HOUR;
  const pause = 5n * SECOND * 2n ** BigInt(attempts - 2);
  return pause < HOUR ? pause : HOUR;
}

/** The order in a new state, due at once. */
export function enter(
  order: Order,
  state: StateName,
  now: bigint,
  changes: Partial<Order> = {},
): Order {
  return {
    ...order,
    updatedAt: now,
    attempts: 0,
    notBefore: 0n,
    ...changes,
    state: { [state]: null } as unknown as Order['state'],
  };
}

/** The order at its end; its arguments are not kept. */
export function end(
  order: Order,
  state: 'Deployed' | 'Refunded' | 'Refused',
  now: bigint,
  changes: Partial<Order> = {},
): Order {
  return enter(order, state, now, { args: new Uint8Array(), ...changes });
}

/** The order in the same state, to be tried again after a pause that grows. */
export function wait(order: Order, now: bigint, changes: Partial<Order> = {}): Order {
  const attempts = order.attempts + 1;
  return { ...order, updatedAt: now, attempts, notBefore: now + pauseAfter(attempts), ...changes };
}

/** The way back: a charged order is refunded, a free one has nothing to refund. */
export function giveBack(order: Order, refusal: Refusal, now: bigint): Order {
  if (order.price === 0n) return end(order, 'Refused', now, { refusal });
  return enter(order, 'Refunding', now, {
    refusal,
    refund: {
      createdAt: now,
      unknown: 0,
      block: null,
      amount: order.price - order.ledgerFee,
      fee: order.ledgerFee,
    },
  });
}
