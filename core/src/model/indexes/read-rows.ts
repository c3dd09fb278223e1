import { boundOf, requireLimit } from './numbers.ts';
import { ALL_ROLES, requireRoles } from './roles.ts';
import type { MemberPage } from './read-members.ts';
import type { ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/** The most rows one read answers. */
export const MAX_ROWS = 200;

/** The most pages of a shelf one read opens; it then stops with a cursor, perhaps short of its limit. */
export const MAX_PAGES = 8;

/** What to read of a shelf. */
export interface RowQuery {
  /** Rows with numbers below this one; `null` or absent starts at the newest. */
  readonly cursor?: number | null;
  /** Rows wanted at most, 1 to {@link MAX_ROWS}. */
  readonly limit: number;
  /** Only rows with any of these roles. Default all; others cost a loop step (about 2,000 instructions) a row. */
  readonly roles?: number;
}

/** One page of rows. */
export interface RowPage {
  /** How many rows. Less than the limit only when `next` is null or {@link MAX_PAGES} were opened. */
  readonly count: number;
  /** The rows' bytes one after another, newest first. */
  readonly bytes: Uint8Array;
  /**
   * The cursor of the next page, or `null` when no row is left. With a role filter the next page may turn
   * out empty. Rows added or removed meanwhile never make a page repeat or lose a row that stayed.
   */
  readonly next: number | null;
}

/**
 * Reads one page of a shelf. One get when the head has it all; else one for the head, one or two for the
 * leaves' lows, one for each leaf. Rows of up to 160 bytes fill pages with at least 16 rows (but for
 * stray pages beside full ones), so that 50 rows are always found within {@link MAX_PAGES}.
 */
export function readRows(pages: ShelfPages, key: Uint8Array, query: RowQuery): RowPage {
  const { limit, roles = ALL_ROLES } = query;
  requireLimit(limit, MAX_ROWS);
  requireRoles(roles, 1);
  const bound = boundOf(query.cursor ?? null);
  const head = pages.head(key);
  if (head === null) return gathered([], 0, null);

  const runs: Uint8Array[] = [];
  let count = 0;
  let page = head;
  let lows: MemberPage | null = null;
  let leaves = 0;
  if (bound <= head.low) {
    lows = pages.lowsBelow(key, bound, MAX_PAGES);
    const low = lows.numbers[0];
    if (low === undefined) return gathered(runs, 0, null);
    page = pages.leaf(key, low);
    leaves = 1;
  }
  for (let opened = 1; ; opened += 1) {
    const from = page.firstBelow(bound);
    let to: number;
    if (roles === ALL_ROLES) {
      to = Math.min(page.count, from + limit - count);
      if (to > from) runs.push(page.rows(from, to));
      count += to - from;
    } else {
      const taken = takeRoles(page, from, limit - count, roles, runs);
      to = taken.to;
      count += taken.count;
    }
    if (to < page.count) return gathered(runs, count, page.numberAt(to - 1));
    if (page.low === 0) return gathered(runs, count, null);
    lows ??= pages.lowsBelow(key, page.low, MAX_PAGES);
    const low = lows.numbers[leaves];
    if (low === undefined && lows.next === null) return gathered(runs, count, null);
    if (low === undefined || count === limit || opened === MAX_PAGES) {
      return gathered(runs, count, page.low);
    }
    page = pages.leaf(key, low);
    leaves += 1;
  }
}

/** Adds to `runs` the stretches of at most `limit` rows with any of `roles`; where it stopped. */
function takeRoles(
  page: ShelfPage,
  from: number,
  limit: number,
  roles: number,
  runs: Uint8Array[],
): { to: number; count: number } {
  let count = 0;
  let start = -1;
  let to = from;
  while (to < page.count && count < limit) {
    if ((page.rolesAt(to) & roles) !== 0) {
      count += 1;
      if (start < 0) start = to;
    } else if (start >= 0) {
      runs.push(page.rows(start, to));
      start = -1;
    }
    to += 1;
  }
  if (start >= 0) runs.push(page.rows(start, to));
  return { to, count };
}

function gathered(runs: readonly Uint8Array[], count: number, next: number | null): RowPage {
  if (runs.length === 1) return { count, bytes: runs[0]!, next };
  const bytes = new Uint8Array(runs.reduce((sum, run) => sum + run.length, 0));
  let at = 0;
  for (const run of runs) {
    bytes.set(run, at);
    at += run.length;
  }
  return { count, bytes, next };
}
