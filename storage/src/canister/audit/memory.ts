import { openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';
import { AuditStorage } from '../../candid.ts';
import { openAuditStorage } from '../../model/audit-storage.ts';
import { openArchivist } from '../shared/archivist.ts';

/** Everything this canister keeps. Append-only: a number is never given to something else. */
const spaces = keyspaces(openMemory(), {
  tip: 0,
  entries: 1,
  whitelist: 2,
  sequences: 3,
  byUser: 4,
  byReference: 5,
  byAction: 6,
  byContract: 7,
  bySeverity: 8,
  archive: 9,
});

export const storage = openAuditStorage(spaces);
export const archivist = openArchivist(AuditStorage, storage);
