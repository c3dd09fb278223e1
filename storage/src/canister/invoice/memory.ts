import { openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';
import { InvoiceStorage } from '../../candid.ts';
import { openInvoiceStorage } from '../../model/invoice-storage.ts';
import { openArchivist } from '../shared/archivist.ts';

/** Everything this canister keeps. Append-only: a number is never given to something else. */
const spaces = keyspaces(openMemory(), {
  tip: 0,
  entries: 1,
  whitelist: 2,
  sequences: 3,
  byUser: 4,
  byReference: 5,
  byKind: 6,
  archive: 7,
});

export const storage = openInvoiceStorage(spaces);
export const archivist = openArchivist(InvoiceStorage, storage);
