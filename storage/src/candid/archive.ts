import { c, type Infer } from '@fabrica/core/candid';

/** Entries that one message carries to an archive, at most. */
export const MAX_SLICE = 100;
/** Bytes of one entry as it is hashed, at most. */
export const MAX_ENTRY_BYTES = 2_000;

const Hash = c.blob({ max: 32 });

const range = {
  /** Number of the first entry. */
  from: c.nat64,
  /** Number of the one after the last. */
  to: c.nat64,
  /** Hash of the entry before the first; zeros for entry 0. */
  previous: Hash,
  /** Hash of the last entry. */
  hash: Hash,
} as const;

/**
 * What makes a storage an archive, when it is installed and for good: the log it belongs to, and the entries it
 * takes from it. It takes nothing that does not lead from `previous` to `hash`.
 */
export const ArchiveOrigin = c.named('ArchiveOrigin', c.record({ parent: c.principal, ...range }));
export type ArchiveOrigin = Infer<typeof ArchiveOrigin>;

/** Entries that are in an archive, for good. `previous` of a range is `hash` of the range before. */
export const ArchivedRange = c.named(
  'ArchivedRange',
  c.record({
    archive: c.principal,
    ...range,
    /** When the archive had proven to hold them all, in nanoseconds since the epoch. */
    sealedAt: c.nat64,
  }),
);
export type ArchivedRange = Infer<typeof ArchivedRange>;

/** Entries of a page that are in an archive: ask it for them with `getEntriesAt`. */
export const ArchivedIds = c.named(
  'ArchivedIds',
  c.record({ archive: c.principal, ids: c.vec(c.nat64, { max: 50 }) }),
);
export type ArchivedIds = Infer<typeof ArchivedIds>;

/** When a log moves entries into archives, and what it may hold at most. Ranges: see `LIMITS`. */
export const ArchiveSettings = c.named(
  'ArchiveSettings',
  c.record({
    /** False: nothing is moved, whatever the log holds. */
    enabled: c.bool,
    /** Move once so many entries are here... */
    atEntries: c.nat32,
    /** ...or entries of so many bytes together. */
    atBytes: c.nat64,
    /** So many of the oldest entries go into an archive of their own; fewer if there are fewer. */
    moveEntries: c.nat32,
    /** Cycles that an archive is created with. */
    cycles: c.nat,
    /** Bytes of entries here, from which on new ones are refused. */
    capacityBytes: c.nat64,
    /** Share of `capacityBytes`, in percent, from which on health raises an alert. */
    alertPercent: c.nat8,
  }),
);
export type ArchiveSettings = Infer<typeof ArchiveSettings>;

/** The module that archives are made of: its hash, and those of its pieces in the chunk store. */
export const ArchiveModule = c.named(
  'ArchiveModule',
  c.record({ hash: Hash, chunks: c.vec(Hash, { max: 16 }) }),
);
export type ArchiveModule = Infer<typeof ArchiveModule>;

const move = {
  ...range,
  /** Which whitelist the archive gets; see `getWhitelistHistory`. */
  whitelist: c.nat32,
} as const;

/** How far a move has come. Each state is written down before the call that it stands for. */
export const ArchivingState = c.named(
  'ArchivingState',
  c.variant({
    Idle: c.null,
    /** A canister is being created. */
    Creating: c.null,
    /** It gets its code; it holds nothing yet. */
    Installing: c.record({ archive: c.principal, ...move }),
    /** Entries up to `next` are there. */
    Copying: c.record({ archive: c.principal, ...move, next: c.nat64 }),
    /** The archive has proven to hold all of them; they leave the log up to `to`. */
    Releasing: c.record({ to: c.nat64 }),
  }),
);
export type ArchivingState = Infer<typeof ArchivingState>;

/** How the archiving of a log stands. */
export const ArchivingStatus = c.named(
  'ArchivingStatus',
  c.record({
    settings: ArchiveSettings,
    module: c.opt(ArchiveModule),
    state: ArchivingState,
    /** What the last attempt failed with; empty after a success. */
    failure: c.text({ max: 1_000 }),
    /** Canisters that were made for archives and given up, empty or in part filled. */
    abandoned: c.nat32,
    /** True while an archive has not got the newest whitelist. */
    whitelistPending: c.bool,
  }),
);
export type ArchivingStatus = Infer<typeof ArchivingStatus>;
