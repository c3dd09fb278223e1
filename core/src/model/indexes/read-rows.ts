import { ABOVE_ALL, boundOf, requireLimit } from './numbers.ts';
import { ALL_ROLES, requireRoles } from './roles.ts';
import { ShelfDescent } from './shelf-descent.ts';
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
  /** The rows' bytes one after another, newest first, in as many runs as pages were read. */
  readonly runs: readonly Uint8Array[];
  /**
   * The cursor of the next page, or `null` when no row is left. With a role filter the next page may turn
   * out empty. Rows added or removed meanwhile never make a page repeat or lose a row that stayed.
   */
  readonly next: number | null;
}

/**
 * Reads one page of a shelf, newest rows first. The newest 50 are one or two gets (a front; a main page), as
 * many as the shelf may have; 50 further down two gets and one for each leaf touched, usually two.
 *
 * Pages have at least 16 rows, or 4 KiB, but for stray ones beside full ones: with rows of up to 160 bytes,
 * 50 are always found within {@link MAX_PAGES}.
 */
export function readRows(pages: ShelfPages, key: Uint8Array, query: RowQuery): RowPage {
  const { limit, roles = ALL_ROLES } = query;
  requireLimit(limit, MAX_ROWS);
  requireRoles(roles, 1);
  const bound = boundOf(query.cursor ?? null);
  const descent = new ShelfDescent(pages, key);
  if (bound === ABOVE_ALL && roles === ALL_ROLES) {
    const newest = readNewest(descent, limit);
    if (newest !== null) return newest;
  }
  return readBelow(descent, bound, limit, roles);
}

/**
 * The usual first page: the front and a part of the main page. The steps of {@link readBelow} that it takes,
 * one after another: a third of the JavaScript.
 *
 * @returns `null` if it is not to be had so.
 */
function readNewest(descent: ShelfDescent, limit: number): RowPage | null {
  const front = descent.openFront();
  if (front === null || front.low === 0 || front.count >= limit) return null;
  const main = descent.openMain();
  const rest = limit - front.count;
  if (rest >= main.count) return null;
  const runs = [front.rows(0, front.count), main.rows(0, rest)];
  return { count: limit, runs, next: main.numberAt(rest - 1) };
}

function readBelow(descent: ShelfDescent, from: number, limit: number, roles: number): RowPage {
  const runs: Uint8Array[] = [];
  let bound = from;
  let count = 0;
  let page = descent.below(bound);
  for (let opened = 1; page !== null; opened += 1) {
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
    if (to < page.count) return { count, runs, next: page.numberAt(to - 1) };
    bound = page.low;
    if (count === limit || opened === MAX_PAGES) {
      return { count, runs, next: descent.endsWith(page) ? null : bound };
    }
    page = descent.below(bound);
  }
  return { count, runs, next: null };
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
