import { Refusal } from '@fabrica/core';
import { c, query, update } from '@fabrica/core/candid';

/** Most blocks in one `appendBlocks`. */
export const SLICE = 32;

/** A block as ledgers keep it for themselves; an archive makes of it what ICRC-3 returns. */
const CompactBlock = c.record({
  timestamp: c.nat64,
  fee: c.nat,
  transaction: c.blob({ max: 1_000 }),
});

/** Where an archive ends: how long the log is with it, the hash of the last block, and what it lives on. */
const ArchiveEnd = c.record({ length: c.nat32, hash: c.opt(c.blob({ max: 32 })), cycles: c.nat });

/** What becomes of the blocks that a ledger does not keep. */
const ArchiveStatus = c.record({
  /** Blocks that the archives hold. */
  archived: c.nat,
  /** Why the last attempt to make or fill an archive failed; it is made again. */
  failure: c.opt(c.text({ max: 1_000 })),
  /** Canisters whose creation was cut short before their ids were known. */
  lost: c.nat32,
});

export const archiveMethods = {
  /**
   * Called by the ledger of an archive, which is its controller: `parent` is the hash of the block before `from`.
   * Blocks that are there already are left alone.
   */
  appendBlocks: update(
    [
      c.record({
        from: c.nat32,
        parent: c.opt(c.blob({ max: 32 })),
        blocks: c.vec(CompactBlock, { max: SLICE }),
      }),
    ],
    c.result(ArchiveEnd, Refusal),
  ),
  archiveStatus: query([], ArchiveStatus),
} as const;
