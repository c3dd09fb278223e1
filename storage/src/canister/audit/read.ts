import { handle } from '@fabrica/core/canister';
import { AuditStorage } from '../../candid.ts';
import { tagKey, textKey } from '../../model/keys.ts';
import { storage } from './memory.ts';

const { methods } = AuditStorage;
const { indexes, reader } = storage;
const identified = { audience: 'identified' } as const;

export const getEntries = handle(
  methods.getEntries,
  (from, limit, { caller }) => reader.entries(caller, from, limit),
  identified,
);

export const getEntriesAt = handle(
  methods.getEntriesAt,
  (ids, { caller }) => reader.entriesAt(caller, ids),
  identified,
);

/** A query for users, and only about themselves. */
export const getEntriesByUser = handle(
  methods.getEntriesByUser,
  (user, cursor, limit, { caller }) =>
    reader.indexed(caller, indexes.user, user, cursor, limit, user),
  identified,
);

export const getEntriesByTime = handle(
  methods.getEntriesByTime,
  (from, to, cursor, limit, { caller }) => reader.recordedBetween(caller, from, to, cursor, limit),
  identified,
);

export const getEntriesByAction = handle(
  methods.getEntriesByAction,
  (action, cursor, limit, { caller }) =>
    reader.indexed(caller, indexes.action, textKey(action), cursor, limit),
  identified,
);

export const getEntriesByReference = handle(
  methods.getEntriesByReference,
  (reference, cursor, limit, { caller }) =>
    reader.indexed(caller, indexes.reference, reference, cursor, limit),
  identified,
);

export const getEntriesByContract = handle(
  methods.getEntriesByContract,
  (contract, cursor, limit, { caller }) =>
    reader.indexed(caller, indexes.contract, contract, cursor, limit),
  identified,
);

export const getEntriesBySeverity = handle(
  methods.getEntriesBySeverity,
  (severity, cursor, limit, { caller }) => {
    const index = 'Info' in severity ? indexes.info : indexes.severity;
    return reader.indexed(caller, index, tagKey(severity), cursor, limit);
  },
  identified,
);
