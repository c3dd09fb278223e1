import { Refusal } from '@fabrica/core';
import { c, query, update, type Infer, type Schema } from '@fabrica/core/candid';
import {
  ArchivedIds,
  ArchivedRange,
  ArchiveModule,
  ArchiveOrigin,
  ArchiveSettings,
  ArchivingStatus,
  MAX_ENTRY_BYTES,
  MAX_SLICE,
} from './archive.ts';

/** Entries in one page at most; a larger limit is taken for this one. */
export const MAX_PAGE = 50;
/** Events in one batch at most. */
export const MAX_BATCH = 50;
/** Entries in one answer of `verifyData` at most; a larger range is answered in parts. */
export const MAX_PROOF = 500;
/** Longest reference (a request id) and longest memo, in bytes: what ICRC-1 allows a memo. */
export const MAX_REFERENCE_BYTES = 32;

/** Who may administer and who may write. Both may read everything. Also what a storage is installed with. */
export const Whitelist = c.named(
  'Whitelist',
  c.record({
    administrators: c.vec(c.principal, { max: 16 }),
    writers: c.vec(c.principal, { max: 32 }),
  }),
);
export type Whitelist = Infer<typeof Whitelist>;

/** One version of the whitelist: who set it, and when by the storage's clock, in nanoseconds. */
export const WhitelistChange = c.named(
  'WhitelistChange',
  c.record({ by: c.principal, at: c.nat64, whitelist: Whitelist }),
);
export type WhitelistChange = Infer<typeof WhitelistChange>;

/** What a batch came to: how many of its events were new, and the sequence number to send next. */
export const Receipt = c.named('Receipt', c.record({ appended: c.nat32, next: c.nat64 }));
export type Receipt = Infer<typeof Receipt>;

/**
 * The end of the log. `hash` is the canister's certified data itself, so in a query `certificate` proves
 * it without a witness. `length` is proven by the last entry, which holds its own number.
 */
export const CertifiedTip = c.named(
  'CertifiedTip',
  c.record({ length: c.nat64, hash: c.blob({ max: 32 }), certificate: c.opt(c.blob) }),
);
export type CertifiedTip = Infer<typeof CertifiedTip>;

/**
 * Entries as they were hashed, in order: a version byte (1) and the Candid body of the entry.
 * `next` is the number to go on from. If `archive` is named, the entries up to `next` are there: ask it for them.
 */
export const ChainData = c.named(
  'ChainData',
  c.record({
    entries: c.vec(c.blob({ max: MAX_ENTRY_BYTES }), { max: MAX_PROOF }),
    next: c.nat64,
    archive: c.opt(c.principal),
  }),
);
export type ChainData = Infer<typeof ChainData>;

/** What an operator watches. Bytes are those of the entries alone, without indexes. */
export const StorageHealth = c.named(
  'StorageHealth',
  c.record({
    /** Entries ever recorded, and their bytes. */
    entries: c.nat64,
    bytes: c.nat64,
    /** Entries that can ever be recorded. */
    capacity: c.nat64,
    /** Number of the oldest entry that is here; those before are in archives. */
    firstHere: c.nat64,
    bytesHere: c.nat64,
    /** Bytes here from which on entries are refused. */
    capacityBytes: c.nat64,
    /** True from the share of `capacityBytes` on that the settings name, and while archiving is due and fails. */
    alert: c.bool,
    archives: c.nat32,
    writers: c.nat32,
    cycles: c.nat,
  }),
);
export type StorageHealth = Infer<typeof StorageHealth>;

/** Where to go on in an index: what the page before gave as `next`. `null` begins with the newest. */
export const Cursor = c.opt(c.nat64);

/** A page of entries of one kind. */
export function entryPage<Entry extends Schema>(entry: Entry) {
  return c.record({
    entries: c.vec(entry, { max: MAX_PAGE }),
    archived: c.vec(ArchivedIds, { max: MAX_PAGE }),
    next: c.opt(c.nat64),
  });
}

/** The methods that both storages have; `Page` is a page of its entries. */
export function storageMethods<Page extends Schema>(page: Page) {
  return {
    /** Replaces the whitelist. Administrators only; every version is kept. */
    setupWhitelist: update([Whitelist], c.result(c.null, Refusal)),
    getWhitelist: query([], c.result(Whitelist, Refusal)),
    /** All versions, oldest first: from, limit. */
    getWhitelistHistory: query(
      [c.nat32, c.nat32],
      c.result(c.vec(WhitelistChange, { max: MAX_PAGE }), Refusal),
    ),
    /** The sequence number that the storage expects next from a writer. */
    getNextSequence: query([c.principal], c.result(c.nat64, Refusal)),
    /** Entries in order: number of the first, limit. */
    getEntries: query([c.nat64, c.nat32], c.result(page, Refusal)),
    /** The newest first: user, cursor, limit. A user may read his own. */
    getEntriesByUser: query([c.principal, Cursor, c.nat32], c.result(page, Refusal)),
    /** In order, recorded in a span of time: from, to (nanoseconds, `to` excluded), cursor, limit. */
    getEntriesByTime: query([c.nat64, c.nat64, Cursor, c.nat32], c.result(page, Refusal)),
    /** What proves a range: numbers of the first and of the one after the last. */
    verifyData: query([c.nat64, c.nat64], c.result(ChainData, Refusal)),
    /**
     * Entries by number, in the order asked for, 50 at most. For what pages name as archived: a user may ask for
     * his own.
     */
    getEntriesAt: query([c.vec(c.nat64, { max: MAX_PAGE })], c.result(page, Refusal)),
    getTip: query([], CertifiedTip),
    /** The ranges that are in archives, oldest first: from, limit. Open to anyone. */
    getArchives: query([c.nat32, c.nat32], c.vec(ArchivedRange, { max: MAX_PAGE })),
    /** What this storage is an archive of; `null` if it is none. Open to anyone. */
    getOrigin: query([], c.opt(ArchiveOrigin)),
    /** When entries are moved, and what is accepted. Administrators only. */
    configureArchiving: update([ArchiveSettings], c.result(c.null, Refusal)),
    getArchiving: query([], c.result(ArchivingStatus, Refusal)),
    /** Puts a piece of this canister's own module into its chunk store; answers its hash. Administrators only. */
    uploadModuleChunk: update([c.blob({ max: 1_048_576 })], c.result(c.blob({ max: 32 }), Refusal)),
    /** Names the module that archives are made of, which is the one that runs here. Administrators only. */
    registerArchiveModule: update([ArchiveModule], c.result(c.null, Refusal)),
    /** Gives up the archive being filled, for a new one. Nothing is lost by it. Administrators only. */
    abandonArchive: update([], c.result(c.null, Refusal)),
    /** For an archive's log: number of the first, entries as they were hashed. Answers what to send next. */
    adoptEntries: update(
      [c.nat64, c.vec(c.blob({ max: MAX_ENTRY_BYTES }), { max: MAX_SLICE })],
      c.result(Receipt, Refusal),
    ),
    getStorageHealth: query([], StorageHealth),
  } as const;
}
