import { isFinal, stateOf, STATES, type Order } from '../saga/order.ts';
import { move, type LedgerBook } from './books.ts';
import { noCounts } from './overview-codec.ts';
import { drop, put, type Schedule } from './schedule.ts';

/** The most orders that may be open at once, whatever is configured. */
export const MAX_OPEN = 2_000;

/** What is known of all orders together; rewritten with each of them, in one stable write. */
export interface Overview {
  /** Orders ever accepted: the number of the next. */
  readonly orders: number;
  /** How many are in each state, in the order of `STATES`. */
  readonly counts: Uint32Array;
  readonly open: Schedule;
  readonly books: readonly LedgerBook[];
}

/** Before the first order. */
export const NO_ORDERS: Overview = {
  orders: 0,
  counts: noCounts(),
  open: new Uint32Array(),
  books: [],
};

/** The overview after an order went from `before` (`null`: it is new) to `after`, due again at `dueSecond`. */
export function follow(
  overview: Overview,
  before: Order | null,
  after: Order,
  dueSecond: number,
): Overview {
  const counts = overview.counts.slice();
  if (before !== null) counts[place(before)]! -= 1;
  counts[place(after)]! += 1;
  return {
    orders: before === null ? after.number + 1 : overview.orders,
    counts,
    open: isFinal(after)
      ? drop(overview.open, after.number)
      : put(overview.open, after.number, dueSecond),
    books: move(overview.books, before, after),
  };
}

function place(order: Order): number {
  return STATES.indexOf(stateOf(order));
}
