import { CHUNK, upTo } from './bitmap.ts';
import type { MemberSource, Reads } from './members.ts';
import { boundOf, requireLimit } from './numbers.ts';

/** The most numbers one page of a query may hold. */
export const MAX_PAGE = 1_000;

/** Store reads a query makes before it stops with a cursor, unless told otherwise: about 3 M instructions. */
export const DEFAULT_READS = 32;

/** What to read. */
export interface MemberQuery {
  /** Numbers below this one are read; `null` starts at the newest. */
  readonly cursor?: number | null;
  /** Numbers below this one are not read. Default 0. */
  readonly floor?: number;
  /** Numbers wanted at most, 1 to {@link MAX_PAGE}. */
  readonly limit: number;
  /**
   * Stop once this many store reads are used. Default {@link DEFAULT_READS}. Opening the sets is not stopped
   * (one read each), and at least one stretch of numbers is always looked at, so every call advances.
   */
  readonly maxReads?: number;
}

/** One page of numbers. */
export interface MemberPage {
  /** Descending, at most `limit`; fewer only when `next` is null or the reads ran out. */
  readonly numbers: Uint32Array;
  /** The cursor of the next page, or `null` when no number is left. */
  readonly next: number | null;
  /** Store reads used. */
  readonly reads: number;
}

/**
 * One page of the members of `source`, newest first. The cursor is a number, so numbers added or removed
 * between two pages never make a page repeat or lose a number that stayed. Cost: the reads
 * (0.1 M instructions each) and what lies between: 7,000 a number of a dense set, 10,000 where two dense sets meet,
 * 50,000 where a sparse set meets others, because each of its numbers is a word of its own.
 */
export function readMembers(source: MemberSource, query: MemberQuery): MemberPage {
  const { limit, floor = 0, maxReads = DEFAULT_READS } = query;
  requireLimit(limit, MAX_PAGE);
  const reads = { used: 0 };
  const members = source(reads);
  // One number more than wanted tells whether there is a next page.
  const found = new Uint32Array(limit + 1);
  // Locals, because the innermost loop runs for each number: a closure's variable or a global costs twice.
  const { clz32 } = Math;
  const highest = 0x8000_0000;
  let count = 0;
  let bound = boundOf(query.cursor ?? null);
  let advanced = false;

  while (bound > floor) {
    const chunk = members.chunkAtOrBelow(Math.floor((bound - 1) / CHUNK));
    const base = chunk * CHUNK;
    if (chunk < 0 || base + CHUNK <= floor) break;
    bound = Math.min(bound, base + CHUNK);
    if (advanced && reads.used >= maxReads) return pageOf(found, count, bound, reads);
    const words = members.open(chunk);
    const top = bound - base - 1;
    let index = words.next(top >>> 5);
    while (index >= 0) {
      const start = base + index * 32;
      if (start + 32 <= floor) break;
      if (advanced && reads.used > maxReads) {
        return pageOf(found, count, Math.min(bound, start + 32), reads);
      }
      let word = words.bits;
      if (index === top >>> 5) word &= upTo(top & 31);
      if (start < floor) word &= -1 << (floor - start);
      while (word !== 0) {
        const above = clz32(word);
        found[count] = start + 31 - above;
        if (count === limit) return pageOf(found, limit, found[limit - 1]!, reads);
        count += 1;
        word &= ~(highest >>> above);
      }
      advanced = true;
      index = words.next(index - 1);
    }
    advanced = true;
    bound = base;
  }
  return pageOf(found, count, null, reads);
}

function pageOf(found: Uint32Array, count: number, next: number | null, reads: Reads): MemberPage {
  return { numbers: found.subarray(0, count), next, reads: reads.used };
}
