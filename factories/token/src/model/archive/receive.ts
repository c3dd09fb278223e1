import type { Block } from '../block-log.ts';
import { sameBytes } from '../account.ts';
import type { SealedLog } from '../icrc3/sealed-log.ts';

/** Blocks for an archive. */
export interface Slice {
  readonly from: number;
  /** The hash of the block before; `null` if there is none. */
  readonly parent: Uint8Array | null;
  readonly blocks: readonly Block[];
}

/**
 * Seals blocks onto those that an archive holds, if they are what comes next: what it has already is left alone,
 * and what follows another block is not taken. The first slice says where the archive begins.
 *
 * @returns whether they were taken.
 */
export function receive(log: SealedLog, { from, parent, blocks }: Slice): boolean {
  if (blocks.length === 0) return false;
  if (log.length === 0 && from > 0) log.begin(from, parent);
  const last = log.tip?.hash ?? null;
  const follows = last === null || parent === null ? last === parent : sameBytes(last, parent);
  if (from !== log.length || !follows) return false;
  log.append(blocks);
  return true;
}
