import { ok, type Result } from '@fabrica/core';
import type { ByteStore } from '@fabrica/core/store';
import { equal } from '@fabrica/core/store';
import { InvoiceEntry, type Payment } from '../candid.ts';
import { storageErrors } from '../errors.ts';
import { NUMBERS_PER_PAGE, NumberIndex, ROWS_PER_PAGE, RowIndex } from './indexes.ts';
import { ownReferenceKey, tagKey } from './keys.ts';
import { openStorage, type CommonSpaces } from './open-storage.ts';
import { PagedLists } from './paged-lists.ts';

/** Where the invoice storage keeps its state. */
export interface InvoiceSpaces extends CommonSpaces {
  readonly byUser: ByteStore;
  readonly byReference: ByteStore;
  readonly byKind: ByteStore;
}

/** What the hashes of the invoice log begin with; see `domainBlock`. Never changes. */
export const INVOICE_DOMAIN = 'fabrica invoice log 1';

/** The invoice storage on its state. */
export function openInvoiceStorage(spaces: InvoiceSpaces) {
  const { intakeOf, ...storage } = openStorage(spaces, {
    domain: INVOICE_DOMAIN,
    schema: InvoiceEntry,
    ownerOf: ({ user }) => user,
    indexes: ({ log, releasedRows }) => ({
      user: new RowIndex<InvoiceEntry>(
        new PagedLists(spaces.byUser, ROWS_PER_PAGE),
        releasedRows,
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
    }),
  });
  const { access, book, indexes, log } = storage;

  const newest = (reference: Uint8Array, user: Uint8Array): number | null =>
    indexes.reference.newest(ownReferenceKey(reference, user));

  const intake = intakeOf<Payment>((payment, recorded) => {
    const before = newest(payment.reference, payment.user);
    return { ...payment, ...recorded, follows: before === null ? null : BigInt(before) };
  });

  /** The last entry of a user's reference, which tells how it stands. */
  const status = (
    caller: Uint8Array,
    reference: Uint8Array,
    user: Uint8Array,
  ): Result<InvoiceEntry> => {
    if (!equal(user, caller) && !access.isReader(caller)) return storageErrors.not_reader();
    const last = newest(reference, user);
    if (last === null) return storageErrors.payment_unknown();
    return last < log.first ? storageErrors.entry_archived({ id: last }) : ok(book.read(last));
  };

  return { ...storage, intake, status };
}
