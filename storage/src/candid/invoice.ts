import { Refusal } from '@fabrica/core';
import { c, query, service, update, type Infer } from '@fabrica/core/candid';
import { ArchiveOrigin } from './archive.ts';
import {
  Cursor,
  entryPage,
  MAX_BATCH,
  MAX_REFERENCE_BYTES,
  Receipt,
  storageMethods,
  Whitelist,
} from './common.ts';

/** Where money went: from the user, back to him, to the treasury's earnings, out of the treasury. */
export const PaymentKind = c.named(
  'PaymentKind',
  c.variant({ Charge: c.null, Refund: c.null, Earned: c.null, Withdrawal: c.null }),
);
export type PaymentKind = Infer<typeof PaymentKind>;

/** How far it got. */
export const PaymentStatus = c.named(
  'PaymentStatus',
  c.variant({ Pending: c.null, Completed: c.null, Failed: c.null }),
);
export type PaymentStatus = Infer<typeof PaymentStatus>;

const Reference = c.blob({ max: MAX_REFERENCE_BYTES });

const payment = {
  /** When it happened by the writer's clock, in nanoseconds since the epoch. */
  time: c.nat64,
  /** Whose money it is. */
  user: c.principal,
  /** The request it belongs to. */
  reference: Reference,
  kind: PaymentKind,
  ledger: c.principal,
  /** In the ledger's smallest unit, without `fee`. */
  amount: c.nat,
  /** The ledger's own fee for the transfer. */
  fee: c.nat,
  /** The block of the transfer; `null` until there is one. */
  block: c.opt(c.nat),
  status: PaymentStatus,
  /** Id of the factory; empty if none. */
  factory: c.text({ max: 32 }),
  /** The memo of the transfer, by which it is found in the ledger; empty if none. */
  memo: c.blob({ max: MAX_REFERENCE_BYTES }),
} as const;

/** A payment, or the new status of one, as a writer reports it. */
export const Payment = c.named('Payment', c.record(payment));
export type Payment = Infer<typeof Payment>;

/** A payment on record. The Candid bytes of this record are what the chain hashes. */
export const InvoiceEntry = c.named(
  'InvoiceEntry',
  c.record({
    ...payment,
    /** Its number in the log, from 0 without gaps. */
    id: c.nat64,
    /** Hash of the entry before. */
    previous: c.blob({ max: 32 }),
    /** When it was recorded, by the storage's clock; never earlier than the entry before. */
    recordedAt: c.nat64,
    /** Who reported it. */
    writer: c.principal,
    /** The last entry before it of the same user and reference, whose state it replaces. */
    follows: c.opt(c.nat64),
  }),
);
export type InvoiceEntry = Infer<typeof InvoiceEntry>;

/**
 * A page of entries; pass `next` as cursor (or as first number) to go on, `null` is the end. Entries of the page
 * that are in archives are named by number: ask there for them with `getEntriesAt`.
 */
export const InvoicePage = c.named('InvoicePage', entryPage(InvoiceEntry));
export type InvoicePage = Infer<typeof InvoicePage>;

/** The invoice storage: append-only; a change of status is a new entry that names the one before. */
export const InvoiceStorage = service(
  'InvoiceStorage',
  {
    /** Records one payment: its sequence number, the payment. See `recordPayments`. */
    recordPayment: update([c.nat64, Payment], c.result(Receipt, Refusal)),
    /**
     * Records payments: the writer's sequence number of the first, then the payments. A writer numbers
     * them from 0 without gaps; what is on record already is skipped, so a batch can be sent again.
     */
    recordPayments: update(
      [c.nat64, c.vec(Payment, { max: MAX_BATCH })],
      c.result(Receipt, Refusal),
    ),
    ...storageMethods(InvoicePage),
    /** The newest first: reference, user (`null` is the caller), cursor, limit. */
    getEntriesByReference: query(
      [Reference, c.opt(c.principal), Cursor, c.nat32],
      c.result(InvoicePage, Refusal),
    ),
    /** How a request's payments stand: its last entry. Reference, user (`null` is the caller). */
    getPaymentStatus: query([Reference, c.opt(c.principal)], c.result(InvoiceEntry, Refusal)),
    getEntriesByKind: query([PaymentKind, Cursor, c.nat32], c.result(InvoicePage, Refusal)),
  },
  [Whitelist, c.opt(ArchiveOrigin)],
);
