import { c, type Infer } from '@fabrica/core/candid';

import { readBlock } from './read-block.ts';
import type { BlockWithId } from '../../peers/ledger-log.ts';
import { windowOf } from './window.ts';
import { isWanted, type Wanted } from './wanted.ts';

/** Blocks asked for at once: a page costs about as much as an order. */
export const PAGE = 20n;

/**
 * How far the search among a ledger's blocks has come. Blocks lie in the order of their times, so halving finds the
 * first that can be the transfer's; from there they are read one by one.
 */
export const Search = c.record({
  /** Blocks in the log when the search began; later ones came too late to matter. */
  length: c.nat,
  /** Halving: the first block that matters lies in `low..high`. Once they are equal, `low` is the block to read next. */
  low: c.nat,
  high: c.nat,
  /** The time of the last block read one by one. */
  latest: c.nat64,
});
export type Search = Infer<typeof Search>;

/** What a look into the log came to. */
export type Sight =
  | { readonly kind: 'found'; readonly block: bigint }
  /** It surely did not happen. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'searching'; readonly search: Search }
  /** The log is not what ICRC-3 says a log is. */
  | { readonly kind: 'broken'; readonly reason: string };

/** The search in a log of that length. */
export function beginSearch(length: bigint): Search {
  return { length, low: 0n, high: length, latest: 0n };
}

/** The blocks to ask for next. */
export function nextRange({ length, low, high }: Search): {
  readonly start: bigint;
  readonly length: bigint;
} {
  if (low < high) return { start: (low + high) / 2n, length: 1n };
  return { start: low, length: length - low < PAGE ? length - low : PAGE };
}

/** True if every block that matters was read. */
export function isExhausted({ length, low, high }: Search): boolean {
  return low === high && low >= length;
}

/** The search after the blocks that {@link nextRange} asked for, or the first of them, were read. */
export function look(search: Search, blocks: readonly BlockWithId[], wanted: Wanted): Sight {
  const { from, to } = windowOf(wanted);
  const halving = search.low < search.high;
  let { low, latest } = search;
  const { start } = nextRange(search);
  let expected = start;
  for (const { id, block } of blocks) {
    if (id !== expected) return broken(`block ${expected} was asked for, ${id} came`);
    const seen = readBlock(block);
    if (seen === null) return broken(`block ${id} has no time`);
    if (halving) {
      const next = seen.at < from ? { ...search, low: id + 1n } : { ...search, high: id };
      return searching(next);
    }
    if (seen.at < latest) return broken(`block ${id} is older than the one before`);
    if (seen.at > to) return { kind: 'absent' };
    const { transfer } = seen;
    if (transfer !== null && isWanted(transfer, wanted)) return { kind: 'found', block: id };
    latest = seen.at;
    expected += 1n;
    low = expected;
  }
  if (expected === start) return broken(`block ${start} was asked for, none came`);
  return searching({ ...search, low, high: low, latest });
}

function searching(search: Search): Sight {
  return isExhausted(search) ? { kind: 'absent' } : { kind: 'searching', search };
}

function broken(reason: string): Sight {
  return { kind: 'broken', reason };
}
