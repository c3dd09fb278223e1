import { bodyDecoder } from '@fabrica/core/candid';
import type { ByteStore } from '@fabrica/core/store';
import { AuditEntry, type AuditEvent } from '../candid.ts';
import { NUMBERS_PER_PAGE, NumberIndex, ROWS_PER_PAGE, RowIndex, type KeyOf } from './indexes.ts';
import { tagKey, textKey } from './keys.ts';
import { openStorage, type CommonSpaces } from './open-storage.ts';
import { PagedLists } from './paged-lists.ts';
import { ScanIndex } from './scan-index.ts';

/** Where the audit storage keeps its state. */
export interface AuditSpaces extends CommonSpaces {
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
  const { intakeOf, ...storage } = openStorage(spaces, {
    domain: AUDIT_DOMAIN,
    schema: AuditEntry,
    ownerOf: ({ subject }) => subject,
    indexes: ({ log, releasedRows, archivedNumbers }) => {
      const numbers = (space: ByteStore, keyOf: KeyOf<AuditEntry>): NumberIndex<AuditEntry> =>
        new NumberIndex(new PagedLists(space, NUMBERS_PER_PAGE), keyOf, log);
      return {
        user: new RowIndex<AuditEntry>(
          new PagedLists(spaces.byUser, ROWS_PER_PAGE),
          releasedRows,
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
          archivedNumbers,
        ),
      };
    },
  });
  return {
    ...storage,
    intake: intakeOf<AuditEvent>((event, recorded) => ({ ...event, ...recorded })),
  };
}
