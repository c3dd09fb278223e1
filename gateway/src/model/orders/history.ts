import { c, type Infer } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';

import { MAX_REQUEST_ID_BYTES, stateOf, type Order } from '../saga/order.ts';
import type { Journal } from './journal.ts';

/** Orders read for one page at most: those that belong on it may lie far apart. */
const MAX_READ = 100;

/** A contract that a user ordered, and what he paid. */
export const Deployment = c.named(
  'Deployment',
  c.record({
    requestId: c.blob({ max: MAX_REQUEST_ID_BYTES }),
    contract: c.principal,
    factory: c.text({ max: 32 }),
    ledger: c.principal,
    price: c.nat,
    /** Nanoseconds since the epoch. */
    deployedAt: c.nat64,
  }),
);
export type Deployment = Infer<typeof Deployment>;

/** A transfer of an order: the charge, or the refund. */
export const OrderPayment = c.named(
  'OrderPayment',
  c.record({
    requestId: c.blob({ max: MAX_REQUEST_ID_BYTES }),
    kind: c.named('OrderPaymentKind', c.variant({ Charge: c.null, Refund: c.null })),
    factory: c.text({ max: 32 }),
    ledger: c.principal,
    /** In the ledger's smallest unit, like `fee`: what the ledger took besides. */
    amount: c.nat,
    fee: c.nat,
    /** The transfer's `created_at_time`, in nanoseconds. */
    createdAt: c.nat64,
    /** The ledger's block; `null` while the outcome is not known. */
    block: c.opt(c.nat),
  }),
);
export type OrderPayment = Infer<typeof OrderPayment>;

/** Rows of a page, and the order that the next begins with. */
export interface HistoryPage<T> {
  readonly rows: readonly T[];
  readonly next: number | null;
}

/**
 * Rows about a user's orders, newest first: each order names the one before it, so an order costs one read.
 *
 * @param from the order to begin with.
 * @param rowsOf the rows that an order gives; none if it does not belong on the page.
 * @returns `null` if `from` is not the user's.
 */
export function walk<T>(
  journal: Pick<Journal, 'at'>,
  { user, from, limit }: { user: Uint8Array; from: number | null; limit: number },
  rowsOf: (order: Order) => readonly T[],
): HistoryPage<T> | null {
  const rows: T[] = [];
  let next = from;
  for (let read = 0; next !== null && read < MAX_READ && rows.length < limit; read += 1) {
    const order = journal.at(next);
    if (order === null || !equal(order.caller, user)) return null;
    rows.push(...rowsOf(order));
    next = order.previous;
  }
  return { rows, next };
}

/** The contract of an order, if it came to one. */
export function deploymentsOf(order: Order): Deployment[] {
  const { requestId, contract, factory, ledger, price, updatedAt } = order;
  if (stateOf(order) !== 'Deployed' || contract === null) return [];
  return [{ requestId, contract, factory, ledger, price, deployedAt: updatedAt }];
}

/** The transfers of an order that happened, or may have: the refund first, being newer. */
export function paymentsOf(order: Order): OrderPayment[] {
  const { requestId, factory, ledger, charge, refund, price, ledgerFee } = order;
  const payments: OrderPayment[] = [];
  const of = { requestId, factory, ledger };
  if (refund !== null) {
    const { amount, fee, createdAt, block } = refund;
    payments.push({ ...of, kind: { Refund: null }, amount, fee, createdAt, block });
  }
  if (charge !== null && (charge.block !== null || charge.unknown > 0)) {
    const { createdAt, block } = charge;
    const paid = { amount: price, fee: ledgerFee };
    payments.push({ ...of, kind: { Charge: null }, ...paid, createdAt, block });
  }
  return payments;
}
