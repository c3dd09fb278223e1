import { c, query, service, update, type Infer } from '@fabrica/core/candid';
import { Refusal } from '@fabrica/core';

import { MAX_BATCH, Receipt } from './receipt.ts';

/** A movement of an order's money, as the invoice storage keeps it. */
export const Payment = c.named(
  'Payment',
  c.record({
    /** Nanoseconds since the epoch. */
    time: c.nat64,
    user: c.principal,
    /** The order's requestId. */
    reference: c.blob({ max: 32 }),
    kind: c.named(
      'PaymentKind',
      c.variant({ Charge: c.null, Refund: c.null, Earned: c.null, Withdrawal: c.null }),
    ),
    ledger: c.principal,
    /** In the ledger's smallest unit, like `fee`: what the ledger took besides. */
    amount: c.nat,
    fee: c.nat,
    /** The ledger's block. */
    block: c.opt(c.nat),
    status: c.named(
      'PaymentStatus',
      c.variant({ Pending: c.null, Completed: c.null, Failed: c.null }),
    ),
    factory: c.text({ max: 32 }),
    /** The memo of the transfer: the order's key. */
    memo: c.blob({ max: 32 }),
  }),
);
export type Payment = Infer<typeof Payment>;

/** What the gateway calls of the invoice storage. */
export const InvoiceStorage = service('InvoiceStorage', {
  /** Appends a batch whose first payment has that number among the caller's; skips what it has already. */
  recordPayments: update([c.nat64, c.vec(Payment, { max: MAX_BATCH })], c.result(Receipt, Refusal)),
  getNextSequence: query([c.principal], c.result(c.nat64, Refusal)),
});
