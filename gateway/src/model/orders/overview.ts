import { c, type Infer } from '@fabrica/core/candid';

import { isFinal, stateOf, STATES, type Order } from '../saga/order.ts';
import { LedgerBook, move } from './books.ts';
import { drop, fromBytes, NEVER, put, toBytes } from './schedule.ts';

/** The most orders that may be open at once, whatever is configured. */
export const MAX_OPEN = 2_000;

/** What is known of all orders together; rewritten with each of them, in one stable write. */
export const Overview = c.record({
  /** Orders ever accepted: the number of the next. */
  orders: c.nat32,
  /** How many are in each state, in the order of `STATES`. */
  counts: c.vec(c.nat32, { max: 32 }),
  /** The open orders: see `schedule.ts`. */
  open: c.blob({ max: MAX_OPEN * 8 }),
  books: c.vec(LedgerBook, { max: 100 }),
});
export type Overview = Infer<typeof Overview>;

/** Before the first order. */
export const NO_ORDERS: Overview = {
  orders: 0,
  counts: STATES.map(() => 0),
  open: new Uint8Array(),
  books: [],
};

/** The overview after an order went from `before` (`null`: it is new) to `after`, due again at `dueSecond`. */
export function follow(
  overview: Overview,
  before: Order | null,
  after: Order,
  dueSecond: number,
): Overview {
  const counts = [...overview.counts];
  if (before !== null) counts[place(before)]! -= 1;
  counts[place(after)]! += 1;
  const open = fromBytes(overview.open);
  const when = stateOf(after) === 'Stuck' ? NEVER : dueSecond;
  return {
    orders: before === null ? after.number + 1 : overview.orders,
    counts,
    open: toBytes(isFinal(after) ? drop(open, after.number) : put(open, after.number, when)),
    books: move(overview.books, before, after),
  };
}

function place(order: Order): number {
  return STATES.indexOf(stateOf(order));
}
