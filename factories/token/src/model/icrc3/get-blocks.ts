import { EncodedVec, type Infer } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';

import { BlockWithId, type GetBlocksArgs } from '../../icrc3-schema.ts';
import type { Archive } from '../archive/archive-book.ts';
import type { SealedLog } from './sealed-log.ts';

/** Most blocks in one answer of `icrc3_get_blocks`; a client asks again for the rest. */
export const MAX_BLOCKS = 100;

/** Most ranges of archived blocks in one answer. */
const MAX_ARCHIVED = 100;

interface Archived {
  readonly args: { readonly start: bigint; readonly length: bigint }[];
  readonly callback: { readonly principal: Uint8Array; readonly method: string };
}

/**
 * `icrc3_get_blocks`: the blocks of the ranges in their order, {@link MAX_BLOCKS} at most, and of whom to ask
 * for those that went to archives.
 */
export function getBlocks(
  log: SealedLog,
  archives: readonly Archive[],
  ranges: readonly GetBlocksArgs[],
) {
  const parts: Uint8Array[] = [];
  const archived = new Map<Archive, Archived>();
  let [count, elsewhere] = [0, 0];
  for (const range of ranges) {
    if (range.start >= BigInt(log.length)) continue;
    let start = Number(range.start);
    const left = log.length - start;
    const end = start + (range.length > BigInt(left) ? left : Number(range.length));
    for (const [at, archive] of start < log.first ? archives.entries() : []) {
      const until = Math.min(end, archives[at + 1]?.start ?? log.first);
      if (until <= start) continue;
      if ((elsewhere += 1) > MAX_ARCHIVED) break;
      const from = archived.get(archive) ?? {
        args: [],
        callback: { principal: archive.canister, method: 'icrc3_get_blocks' },
      };
      from.args.push({ start: BigInt(start), length: BigInt(until - start) });
      archived.set(archive, from);
      start = until;
    }
    start = Math.max(start, log.first);
    const found = log.read(start, Math.min(end - start, MAX_BLOCKS - count));
    parts.push(...found.parts);
    count += found.count;
  }
  const blocks = new EncodedVec<Infer<typeof BlockWithId>>(BlockWithId, count, concat(...parts));
  return { log_length: BigInt(log.length), blocks, archived_blocks: [...archived.values()] };
}
