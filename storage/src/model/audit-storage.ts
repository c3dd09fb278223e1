import { bodyDecoder } from '@fabrica/core/candid';
import type { ByteStore } from '@fabrica/core/store';
import { AuditEntry, type AuditEvent } from '../candid.ts';
import { Access } from './access.ts';
import { Book } from './book.ts';
import { NUMBERS_PER_PAGE, NumberIndex, ROWS_PER_PAGE, RowIndex, type KeyOf } from './indexes.ts';
import { Intake } from './intake.ts';
import { tagKey, textKey } from './keys.ts';
import { Log } from './log.ts';
import { PagedLists } from './paged-lists.ts';
import { Reader } from './reader.ts';
import { ScanIndex } from './scan-index.ts';
import { Sequences } from './sequences.ts';

/** Where the audit storage keeps its state. */
export interface AuditSpaces {
  readonly tip: ByteStore;
  readonly entries: ByteStore;
  readonly whitelist: ByteStore;
  readonly sequences: ByteStore;
  readonly byUser: ByteStore;
  readonly byReference: ByteStore;
  readonly byAction: ByteStore;
  readonly byContract: ByteStore;
  readonly bySeverity: ByteStore;
}

/** What the hashes of the audit log begin with; see `domainBlock`. Never changes. */
export const AUDIT_DOMAIN = 'fabrica audit log 1';

/** The audit storage on its state. */
export function openAuditStorage(spaces: AuditSpaces) {
  const log = new Log(spaces, AUDIT_DOMAIN);
  const numbers = (space: ByteStore, keyOf: KeyOf<AuditEntry>): NumberIndex<AuditEntry> =>
    new NumberIndex(new PagedLists(space, NUMBERS_PER_PAGE), keyOf, log);
  const indexes = {
    user: new RowIndex<AuditEntry>(
      new PagedLists(spaces.byUser, ROWS_PER_PAGE),
      ({ subject }) => subject,
    ),
    reference: numbers(spaces.byReference, ({ reference }) =>
      reference.length === 0 ? null : reference,
    ),
    action: numbers(spaces.byAction, ({ action }) => textKey(action)),
    contract: numbers(spaces.byContract, ({ contract }) => contract),
    severity: numbers(spaces.bySeverity, ({ severity }) =>
      'Info' in severity ? null : tagKey(severity),
    ),
    /** The severity that most events have. */
    info: new ScanIndex<AuditEntry>(
      log,
      bodyDecoder(AuditEntry),
      ({ severity }) => 'Info' in severity,
    ),
  };
  const book = new Book<AuditEntry>(log, AuditEntry, Object.values(indexes));
  const access = new Access(spaces.whitelist);
  const sequences = new Sequences(spaces.sequences);
  const intake = new Intake<AuditEvent, AuditEntry>(
    { book, access, sequences },
    (event, recorded) => ({ ...event, ...recorded }),
  );
  return { log, indexes, access, sequences, intake, reader: new Reader(book, access) };
}
