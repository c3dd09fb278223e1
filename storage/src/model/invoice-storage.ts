import { ok, type Result } from '@fabrica/core';
import type { ByteStore } from '@fabrica/core/store';
import { equal } from '@fabrica/core/store';
import { InvoiceEntry, type Payment } from '../candid.ts';
import { storageErrors } from '../errors.ts';
import { Access } from './access.ts';
import { Book } from './book.ts';
import { NUMBERS_PER_PAGE, NumberIndex, ROWS_PER_PAGE, RowIndex } from './indexes.ts';
import { Intake } from './intake.ts';
import { ownReferenceKey, tagKey } from './keys.ts';
import { Log } from './log.ts';
import { PagedLists } from './paged-lists.ts';
import { Reader } from './reader.ts';
import { Sequences } from './sequences.ts';

/** Where the invoice storage keeps its state. */
export interface InvoiceSpaces {
  readonly tip: ByteStore;
  readonly entries: ByteStore;
  readonly whitelist: ByteStore;
  readonly sequences: ByteStore;
  readonly byUser: ByteStore;
  readonly byReference: ByteStore;
  readonly byKind: ByteStore;
}

/** What the hashes of the invoice log begin with; see `domainBlock`. Never changes. */
export const INVOICE_DOMAIN = 'fabrica invoice log 1';

/** The invoice storage on its state. */
export function openInvoiceStorage(spaces: InvoiceSpaces) {
  const log = new Log(spaces, INVOICE_DOMAIN);
  const indexes = {
    user: new RowIndex<InvoiceEntry>(
      new PagedLists(spaces.byUser, ROWS_PER_PAGE),
      ({ user }) => user,
    ),
    reference: new NumberIndex<InvoiceEntry>(
      new PagedLists(spaces.byReference, NUMBERS_PER_PAGE),
      ({ reference, user }) => ownReferenceKey(reference, user),
      log,
    ),
    kind: new NumberIndex<InvoiceEntry>(
      new PagedLists(spaces.byKind, NUMBERS_PER_PAGE),
      ({ kind }) => tagKey(kind),
      log,
    ),
  };
  const book = new Book<InvoiceEntry>(log, InvoiceEntry, Object.values(indexes));
  const access = new Access(spaces.whitelist);
  const sequences = new Sequences(spaces.sequences);

  const newest = (reference: Uint8Array, user: Uint8Array): number | null =>
    indexes.reference.newest(ownReferenceKey(reference, user));

  const intake = new Intake<Payment, InvoiceEntry>(
    { book, access, sequences },
    (payment, recorded) => {
      const before = newest(payment.reference, payment.user);
      return { ...payment, ...recorded, follows: before === null ? null : BigInt(before) };
    },
  );

  /** The last entry of a user's reference, which tells how it stands. */
  const status = (
    caller: Uint8Array,
    reference: Uint8Array,
    user: Uint8Array,
  ): Result<InvoiceEntry> => {
    if (!equal(user, caller) && !access.isReader(caller)) return storageErrors.not_reader();
    const last = newest(reference, user);
    return last === null ? storageErrors.payment_unknown() : ok(book.read(last));
  };

  return { log, indexes, access, sequences, intake, status, reader: new Reader(book, access) };
}
