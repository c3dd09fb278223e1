import { concat, u32, type ByteStore } from '@fabrica/core/store';

import {
  allRows,
  emptyPage,
  findRow,
  lengthAt,
  olderThan,
  PAGE_ROWS,
  placeAt,
  rolesAt,
  rowsOf,
  withRoles,
  withRow,
  type RelatedPage,
} from './related-page.ts';
import type { RelatedContract } from './report.ts';

/** Pages looked through for a row that changes, newest first. One that is older still gets a new row. */
const MAX_SEARCHED = 400;
/** Pages that one reading opens; it then ends with a cursor, perhaps short of its limit. */
const MAX_READ = 8;

/** What a reading found: Candid rows, newest first, and the cursor to go on from. */
export interface RelatedRows {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly next: number | null;
}

/**
 * Each user's contracts, in the order in which they were reported. The newest 1 to 30 lie in a page under the user's
 * principal, which is all that a new one rewrites; full pages are moved away whole. A cursor is a row's age, so that
 * rows which come later never move a page.
 */
export class UserRows {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** Adds a row; one that is past, and among the newest, is taken up again instead. */
  add(user: Uint8Array, place: number, row: RelatedContract): void {
    const front = this.#front(user);
    const past = findRow(front, row.contract);
    if (past !== -1) return this.#space.set(frontKey(user), withRoles(front, past, row));
    if (rowsOf(front) < PAGE_ROWS)
      return this.#space.set(frontKey(user), withRow(front, place, row));
    const older = olderThan(front);
    this.#space.set(olderKey(user, older), front);
    this.#space.set(frontKey(user), withRow(emptyPage(older + 1), place, row));
  }

  /** Changes the roles of a row. @returns false if there is none, as far as is looked. */
  change(user: Uint8Array, row: RelatedContract): boolean {
    const front = this.#front(user);
    const newest = olderThan(front);
    const oldest = Math.max(0, newest - MAX_SEARCHED);
    for (let number = newest; number >= oldest; number -= 1) {
      const page = number === newest ? front : this.#older(user, number);
      const at = findRow(page, row.contract);
      if (at === -1) continue;
      this.#space.set(
        number === newest ? frontKey(user) : olderKey(user, number),
        withRoles(page, at, row),
      );
      return true;
    }
    return false;
  }

  /** The rows that `wanted` takes by factory's place and roles, newest first. */
  read(
    user: Uint8Array,
    cursor: number | null,
    limit: number,
    wanted: (place: number, roles: number) => boolean,
  ): RelatedRows {
    const front = this.#front(user);
    const newest = olderThan(front);
    let below = cursor ?? newest * PAGE_ROWS + rowsOf(front);
    const runs: Uint8Array[] = [];
    let count = 0;
    for (let opened = 0; below > 0 && opened < MAX_READ && count < limit; opened += 1) {
      const number = Math.min(newest, Math.floor((below - 1) / PAGE_ROWS));
      const page = number === newest ? front : this.#older(user, number);
      const rows = rowsOf(page);
      // Rows lie newest first: the one of age `a` stands at `rows - 1 - a`.
      const first = Math.max(0, rows - (below - number * PAGE_ROWS));
      const bytes = allRows(page);
      let end = 0;
      let start = 0;
      let row = 0;
      for (; row < rows && count < limit; row += 1) {
        const taken = row >= first && wanted(placeAt(page, row), rolesAt(page, row));
        if (taken) count += 1;
        // A stretch of rows that are taken is one piece of the page.
        else if (end > start) runs.push(bytes.subarray(start, end));
        end += lengthAt(page, row);
        if (!taken) start = end;
      }
      if (end > start) runs.push(bytes.subarray(start, end));
      below = number * PAGE_ROWS + rows - row;
    }
    return { count, bytes: concat(...runs), next: below > 0 ? below : null };
  }

  #front(user: Uint8Array): RelatedPage {
    return this.#space.get(frontKey(user)) ?? emptyPage(0);
  }

  #older(user: Uint8Array, number: number): RelatedPage {
    const page = this.#space.get(olderKey(user, number));
    if (page === null) throw new Error(`Page ${number} of a user's contracts is missing`);
    return page;
  }
}

function frontKey(user: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0), user);
}

/** The length keeps the pages of one user apart from those of another whose principal begins alike. */
function olderKey(user: Uint8Array, number: number): Uint8Array {
  return concat(Uint8Array.of(1, user.length), user, u32(number));
}
