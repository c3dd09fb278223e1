import { Refusal } from '@fabrica/core';
import { c, query, update, type Infer, type Schema } from '@fabrica/core/candid';

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
 * `next` is the number to go on from.
 */
export const ChainData = c.named(
  'ChainData',
  c.record({ entries: c.vec(c.blob({ max: 2000 }), { max: MAX_PROOF }), next: c.nat64 }),
);
export type ChainData = Infer<typeof ChainData>;

/** What an operator watches. `bytes` are those of the entries alone, without indexes. */
export const StorageHealth = c.named(
  'StorageHealth',
  c.record({
    entries: c.nat64,
    bytes: c.nat64,
    capacity: c.nat64,
    writers: c.nat32,
    cycles: c.nat,
  }),
);
export type StorageHealth = Infer<typeof StorageHealth>;

/** Where to go on in an index: what the page before gave as `next`. `null` begins with the newest. */
export const Cursor = c.opt(c.nat64);

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
    getTip: query([], CertifiedTip),
    getStorageHealth: query([], StorageHealth),
  } as const;
}
