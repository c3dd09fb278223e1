import { EncodedVec, type Infer } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';

import { BlockWithId, type GetBlocksArgs } from '../../icrc3-schema.ts';
import type { SealedLog } from './sealed-log.ts';

/** Most blocks in one answer of `icrc3_get_blocks`; a client asks again for the rest. */
export const MAX_BLOCKS = 100;

const NO_ARCHIVES: readonly never[] = [];

/** `icrc3_get_blocks`: the blocks of the ranges in their order, {@link MAX_BLOCKS} at most. */
export function getBlocks(log: SealedLog, ranges: readonly GetBlocksArgs[]) {
  const parts: Uint8Array[] = [];
  let count = 0;
  for (const { start, length } of ranges) {
    const room = MAX_BLOCKS - count;
    if (room === 0) break;
    if (start >= BigInt(log.length)) continue;
    const limit = length > BigInt(room) ? room : Number(length);
    const found = log.read(Number(start), limit);
    parts.push(...found.parts);
    count += found.count;
  }
  const blocks = new EncodedVec<Infer<typeof BlockWithId>>(BlockWithId, count, concat(...parts));
  return { log_length: BigInt(log.length), blocks, archived_blocks: NO_ARCHIVES };
}
