import type { CheckResult } from './check-sets.ts';
import { requireLimit } from './numbers.ts';
import { MAX_PAGE, readMembers } from './read-members.ts';
import type { Shelf, ShelfRow } from './shelf.ts';
import { sameBytes } from './stored.ts';

/** A row that differs from what it should be; `null` for a row that is not there, or should not be. */
export interface ShelfDrift {
  readonly key: Uint8Array;
  readonly number: number;
  readonly found: ShelfRow | null;
  readonly expected: ShelfRow | null;
}

/** A row that should be on the shelf of `key`. */
export interface ExpectedRow extends ShelfRow {
  readonly key: Uint8Array;
}

/**
 * Compares what contracts `from` to `from + limit` should have on shelves with what is there: finds missing
 * and differing rows. `expected` answers a contract's rows, one a holder. Cost: one to three reads a row.
 */
export function checkHolders(
  shelf: Shelf,
  { from, end, limit }: { readonly from: number; readonly end: number; readonly limit: number },
  expected: (number: number) => readonly ExpectedRow[],
): CheckResult<ShelfDrift> {
  requireLimit(limit, MAX_PAGE);
  const to = Math.min(from + limit, end);
  const drift: ShelfDrift[] = [];
  for (let number = from; number < to; number += 1) {
    for (const { key, roles, row } of expected(number)) {
      compare(shelf, key, number, { roles, row }, drift);
    }
  }
  return { drift, next: to < end ? to : null };
}

/**
 * Compares the rows on one shelf, newest first from below `cursor`, with what should be there: finds rows
 * too many and differing rows. `expected` answers the row this holder should have for a contract. Cost: one
 * to three reads a row. `next` is the cursor of the next slice.
 */
export function checkShelf(
  shelf: Shelf,
  {
    key,
    cursor,
    limit,
  }: { readonly key: Uint8Array; readonly cursor: number | null; readonly limit: number },
  expected: (number: number) => ShelfRow | null,
): CheckResult<ShelfDrift> {
  const page = readMembers(shelf.members(key), { cursor, limit });
  const drift: ShelfDrift[] = [];
  for (const number of page.numbers) compare(shelf, key, number, expected(number), drift);
  return { drift, next: page.next };
}

/** Makes the rows as they should be. Two or more store operations for each drift. */
export function repairShelf(shelf: Shelf, drift: readonly ShelfDrift[]): void {
  for (const { key, number, expected } of drift) {
    if (expected === null) {
      shelf.remove(key, number);
    } else {
      shelf.add(key, number, expected.roles, expected.row);
      shelf.setRoles(key, number, expected.roles);
    }
  }
}

function compare(
  shelf: Shelf,
  key: Uint8Array,
  number: number,
  expected: ShelfRow | null,
  drift: ShelfDrift[],
): void {
  const found = shelf.find(key, number);
  if (found === null && expected === null) return;
  const same =
    found !== null &&
    expected !== null &&
    found.roles === expected.roles &&
    sameBytes(found.row, expected.row);
  if (!same) drift.push({ key, number, found, expected });
}
