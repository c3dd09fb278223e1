import { c, type Infer } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';

import { stateOf, type Order } from '../saga/order.ts';

/** Fields of {@link LedgerBook}. */
export const ledgerBook = {
  ledger: c.principal,
  /** Charges sent whose outcome is not known. */
  pending: c.nat,
  /** Charged, and the contract not made yet. */
  inFlight: c.nat,
  /** To be paid back, the ledger's fee included. */
  owed: c.nat,
  /** Charged for contracts that exist. */
  earned: c.nat,
  /** Paid back so far, the ledger's fees included; no longer held. */
  refunded: c.nat,
} as const;

/** What the orders paid in one ledger come to, in its smallest unit. What is `pending` may have arrived or not. */
export const LedgerBook = c.record(ledgerBook);
export type LedgerBook = Infer<typeof LedgerBook>;

type Column = Exclude<keyof LedgerBook, 'ledger'>;

/** Where an order's price stands in the books. */
export function columnOf(order: Order): Column | null {
  switch (stateOf(order)) {
    case 'Charging':
      return 'pending';
    case 'Charged':
    case 'Deploying':
      return 'inFlight';
    case 'Deployed':
      return 'earned';
    case 'Refunding':
      return 'owed';
    case 'Refunded':
      return 'refunded';
    case 'Stuck':
      return order.refund === null ? 'pending' : 'owed';
    default:
      return null;
  }
}

/** The books after an order went from `before` (`null`: it is new) to `after`. */
export function move(
  books: readonly LedgerBook[],
  before: Order | null,
  after: Order,
): readonly LedgerBook[] {
  const from = before === null ? null : columnOf(before);
  const to = columnOf(after);
  if (from === to || after.price === 0n) return books;
  const known = books.findIndex(({ ledger }) => equal(ledger, after.ledger));
  const at = known === -1 ? books.length : known;
  const book = { ...(books[at] ?? emptyBook(after.ledger)) };
  if (from !== null) book[from] -= after.price;
  if (to !== null) book[to] += after.price;
  return [...books.slice(0, at), book, ...books.slice(at + 1)];
}

/** Books of a ledger in which nothing happened. */
export function emptyBook(ledger: Uint8Array): {
  -readonly [K in keyof LedgerBook]: LedgerBook[K];
} {
  return { ledger, pending: 0n, inFlight: 0n, owed: 0n, earned: 0n, refunded: 0n };
}
