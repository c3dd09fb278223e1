import type { Inputs, encoder } from '@fabrica/core/candid';
import type { AuditStorage, InvoiceStorage } from '../../../candid.ts';
import type { Access } from '../../../model/access.ts';
import type { Adoption } from '../../../model/archive/adoption.ts';
import type { Archives } from '../../../model/archive/archives.ts';
import type { Book, Recorded } from '../../../model/book.ts';
import type { Log } from '../../../model/log.ts';

/** The parts of a storage that archiving works with. */
export interface ArchivingStorage {
  readonly log: Log;
  readonly access: Access;
  readonly archives: Archives;
  readonly adoption: Adoption;
  readonly book: Pick<Book<Recorded>, 'read' | 'release'>;
}

/** These and how archives are talked to: they have the interface of their log. */
export interface ArchivingParts extends ArchivingStorage {
  readonly methods: Pick<
    (typeof AuditStorage | typeof InvoiceStorage)['methods'],
    'adoptEntries' | 'getTip' | 'setupWhitelist'
  >;
  readonly encodeInit: (
    values: Inputs<(typeof AuditStorage)['init']>,
  ) => ReturnType<ReturnType<typeof encoder>>;
}

/** What a step came to: there is more to do, nothing is left to do, or it failed and is to be tried again. */
export type Progress = 'moved' | 'idle' | { readonly failed: string };
