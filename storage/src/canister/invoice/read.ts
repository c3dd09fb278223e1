import { handle } from '@fabrica/core/canister';
import { InvoiceStorage } from '../../candid.ts';
import { ownReferenceKey, tagKey } from '../../model/keys.ts';
import { storage } from './memory.ts';

const { methods } = InvoiceStorage;
const { indexes, reader, status } = storage;
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

export const getEntriesByReference = handle(
  methods.getEntriesByReference,
  (reference, someone, cursor, limit, { caller }) => {
    const user = someone ?? caller;
    const key = ownReferenceKey(reference, user);
    return reader.indexed(caller, indexes.reference, key, cursor, limit, user);
  },
  identified,
);

export const getPaymentStatus = handle(
  methods.getPaymentStatus,
  (reference, someone, { caller }) => status(caller, reference, someone ?? caller),
  identified,
);

export const getEntriesByKind = handle(
  methods.getEntriesByKind,
  (kind, cursor, limit, { caller }) =>
    reader.indexed(caller, indexes.kind, tagKey(kind), cursor, limit),
  identified,
);
