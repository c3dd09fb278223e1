import type { ByteStore } from '../../store/byte-store.ts';
import type { MemberSource } from './members.ts';
import { requireNumber } from './numbers.ts';
import { readRows, type RowPage, type RowQuery } from './read-rows.ts';
import { ALL_ROLES, requireRoles } from './roles.ts';
import { RowMembers } from './row-members.ts';
import { savePage, shrinkPage, type Place } from './shelf-balance.ts';
import { MAX_ROW_BYTES, ShelfPage } from './shelf-page.ts';
import { ShelfPages, type FirstPages } from './shelf-pages.ts';

/** A row as it stands on a shelf. */
export interface ShelfRow {
  /** Bit `i` set: the holder has the factory's role `i`. 1 to 255. */
  readonly roles: number;
  readonly row: Uint8Array;
}

/**
 * For each key (a principal's bytes) the ready-made rows of its contracts, newest contract (highest number)
 * first: a page of them is one read and one copy, however many there are. A row is opaque bytes with a
 * contract number and a bitmask of roles.
 *
 * The rows are a search tree by number. The newest are in a small front page (to 16 rows), which is all that
 * an add rewrites; the next in a main page (to 75); older ones in leaves. A full front spills into the main
 * page, a full main page leaves its oldest rows in a new leaf, a full leaf splits in half. The main page of a large
 * shelf has 50 rows or more, so a first page of 50 is two reads. Nothing is kept for a row beside the row itself:
 * its number tells its page. A cursor is a number.
 *
 * | work | store operations |
 * |---|---|
 * | add, update, setRoles, remove in the front (the newest 1 to 16 rows) | get, set |
 * | the same in the main page | 2 gets, set |
 * | the same in a leaf | 3 gets, set |
 * | rolesOf, find: front, main page, leaf | 1, 2, 3 gets |
 * | read of the newest 50 | 2 gets |
 * | read of 50 further down | 3 to 5 gets |
 * | an add that spills the front, one in 16 | 2 gets, 2 sets |
 * | and fills the main page, one in 32 | 3 gets, 4 sets |
 * | a removal that leaves less than 16 rows beside an older page | 2 gets, a set, 2 deletes more |
 *
 * An add takes 0.35 M instructions at 10 rows of 170 bytes and 0.37 M at 10,000, on average, among lists of others
 * (`core.index-add` of the benchmarks). Shelves of more than 256 leaves (8,000 rows or more) read one value more to
 * find a leaf. Rows of more than about 190 bytes make pages split by bytes, with fewer rows in each.
 */
export class Shelf {
  readonly #pages: ShelfPages;

  /**
   * Shelves kept in `store` under keys that begin with `prefix`. A canister holds one instance for each prefix.
   *
   * @param first where fronts and main pages are kept, if elsewhere.
   */
  constructor(
    store: ByteStore,
    prefix: Uint8Array,
    first: FirstPages = { fronts: store, mains: store },
  ) {
    this.#pages = new ShelfPages(store, prefix, first);
  }

  /**
   * Puts a row on the shelf. If the number is there already its row is replaced and the roles are added
   * to those it had. Answers the roles before: 0 for a new row.
   */
  add(key: Uint8Array, number: number, roles: number, row: Uint8Array): number {
    requireRoles(roles, 1);
    requireRow(row);
    const place = this.#place(key, number);
    const { page } = place;
    const index = page.firstBelow(number + 1);
    if (index < page.count && page.numberAt(index) === number) {
      const before = page.rolesAt(index);
      page.setRolesAt(index, before | roles);
      savePage(this.#pages, key, place, page.replace(index, row));
      return before;
    }
    savePage(this.#pages, key, place, page.insert(index, number, roles, row));
    return 0;
  }

  /**
   * Gives a number the roles and the row that `next` wants for those before: no roles take the row off,
   * `null` leaves all as it is. `next` must not change the row it gets. Answers the roles before: 0 when the number is not there. One way down, where
   * {@link rolesOf} and {@link add} are two.
   */
  change(
    key: Uint8Array,
    number: number,
    next: (before: number, row: Uint8Array | null) => ShelfRow | null,
  ): number {
    const place = this.#place(key, number);
    const { page } = place;
    const index = page.find(number);
    const before = index < 0 ? 0 : page.rolesAt(index);
    const wanted = next(before, index < 0 ? null : page.rows(index, index + 1));
    if (wanted === null) return before;
    const { roles, row } = wanted;
    requireRoles(roles, 0);
    requireRow(row);
    if (index < 0) {
      if (roles === 0) return before;
      const at = page.firstBelow(number + 1);
      savePage(this.#pages, key, place, page.insert(at, number, roles, row));
    } else if (roles === 0) {
      shrinkPage(this.#pages, key, place, page.remove(index));
    } else {
      page.setRolesAt(index, roles);
      savePage(this.#pages, key, place, page.replace(index, row));
    }
    return before;
  }

  /** Replaces the row's bytes; false when the number is not on the shelf. */
  update(key: Uint8Array, number: number, row: Uint8Array): boolean {
    requireRow(row);
    const place = this.#place(key, number);
    const index = place.page.find(number);
    if (index < 0) return false;
    savePage(this.#pages, key, place, place.page.replace(index, row));
    return true;
  }

  /** Sets exactly these roles, 0 removing the row. Answers the roles before: 0 when the number is not there. */
  setRoles(key: Uint8Array, number: number, roles: number): number {
    requireRoles(roles, 0);
    return this.#changeRoles(key, number, () => roles);
  }

  /** Takes roles away (all unless told), and the row with the last. Answers the roles before: 0 when not there. */
  remove(key: Uint8Array, number: number, roles = ALL_ROLES): number {
    requireRoles(roles, 1);
    return this.#changeRoles(key, number, (before) => before & ~roles);
  }

  /** The roles the holder has in the contract; 0 when it is not on the shelf. */
  rolesOf(key: Uint8Array, number: number): number {
    return this.find(key, number)?.roles ?? 0;
  }

  /** The row of a number, or `null`. */
  find(key: Uint8Array, number: number): ShelfRow | null {
    const { page } = this.#place(key, number);
    const index = page.find(number);
    if (index < 0) return null;
    return { roles: page.rolesAt(index), row: page.rows(index, index + 1) };
  }

  /** One page of rows; see {@link readRows}. */
  read(key: Uint8Array, query: RowQuery): RowPage {
    return readRows(this.#pages, key, query);
  }

  /** The numbers on the shelf with any of `roles`, as a source for {@link readMembers} and its combinations. */
  members(key: Uint8Array, roles = ALL_ROLES): MemberSource {
    requireRoles(roles, 1);
    return (reads) => new RowMembers(this.#pages, key, roles, reads);
  }

  #changeRoles(key: Uint8Array, number: number, change: (before: number) => number): number {
    const place = this.#place(key, number);
    const index = place.page.find(number);
    if (index < 0) return 0;
    const before = place.page.rolesAt(index);
    const after = change(before);
    if (after === 0) {
      shrinkPage(this.#pages, key, place, place.page.remove(index));
    } else if (after !== before) {
      place.page.setRolesAt(index, after);
      savePage(this.#pages, key, place, place.page);
    }
    return before;
  }

  /** The page a number belongs to. */
  #place(key: Uint8Array, number: number): Place {
    requireNumber(number);
    const front = this.#pages.front(key) ?? ShelfPage.empty(0, 0);
    if (number >= front.low) return { front, page: front, kind: 'front' };
    if (number >= front.under) return { front, page: this.#pages.main(key), kind: 'main' };
    const leaf = this.#pages.leafBelow(key, number + 1);
    if (leaf !== null) return { front, page: leaf, kind: 'leaf' };
    // The oldest leaf goes when its last row goes; a row older than all begins a new one.
    return { front, page: ShelfPage.empty(0, 0), kind: 'new leaf' };
  }
}

function requireRow(row: Uint8Array): void {
  if (row.length > MAX_ROW_BYTES) {
    throw new RangeError(`row of ${row.length} bytes; at most ${MAX_ROW_BYTES} are allowed`);
  }
}
