import { readU32, stored, Table, u32, type ByteStore } from '@fabrica/core/store';
import { c } from '@fabrica/core/candid';
import { bodyOf, idOf, ID_BYTES } from './entry-bytes.ts';
import { itemBytes, run } from './list-page.ts';
import type { Log } from './log.ts';
import type { PagedLists } from './paged-lists.ts';

/** Part of what an index finds, newest first: entries that are here, then entries that were archived. */
export interface Found {
  readonly count: number;
  /** Bodies of the entries that are here, one after another, in as many runs as they are found in. */
  readonly runs: readonly Uint8Array[];
  /** Numbers of those that were archived. They are older. */
  readonly archived: readonly number[];
  /** Pass as `before` to go on; `null` at the end. */
  readonly next: number | null;
}

/** An entry that is about to be let go of, as an archive holds it. */
export interface Leaving<Entry> {
  readonly id: number;
  readonly entry: Entry;
}

/** Finds entries by one property, newest first. */
export interface Index<Entry> {
  /** Takes an entry in that was just appended. Entries without the property are left out. */
  add(entry: Entry, id: number, body: Uint8Array): void;
  /** Up to `limit` entries under `key`, older than position `before`. */
  page(key: Uint8Array, before: number | null, limit: number): Found;
  /** Keeps of entries, in order, their numbers alone, and for good. */
  release(leaving: readonly Leaving<Entry>[]): void;
}

/** The property of an entry as a key; `null` if it has none. */
export type KeyOf<Entry> = (entry: Entry) => Uint8Array | null;

/** Rows in a stored page: about 8 KB, and 50 rows are three reads at most. */
export const ROWS_PER_PAGE = 32;
/** Numbers in a stored page. */
export const NUMBERS_PER_PAGE = 256;
const NUMBER_BYTES = 4;

/**
 * An index that holds the entries themselves: 50 of them cost about 0.4 M instructions, where reading
 * each from the log costs 3 M. It doubles the space, so it is for the one query that users make.
 *
 * Of an entry that was archived the row keeps the first bytes, which are its number.
 */
export class RowIndex<Entry> implements Index<Entry> {
  readonly #lists: PagedLists;
  readonly #keyOf: KeyOf<Entry>;
  /** How many rows of a list were cut, its oldest. */
  readonly #released: Table<number>;

  /**
   * @param lists with {@link ROWS_PER_PAGE}.
   * @param released remembers how far each list's entries were archived.
   */
  constructor(lists: PagedLists, released: ByteStore, keyOf: KeyOf<Entry>) {
    this.#lists = lists;
    this.#keyOf = keyOf;
    this.#released = new Table(released, stored(1, c.nat32));
  }

  add(entry: Entry, _id: number, body: Uint8Array): void {
    const key = this.#keyOf(entry);
    if (key !== null) this.#lists.append(key, body);
  }

  page(key: Uint8Array, before: number | null, limit: number): Found {
    const { count, pieces, next } = this.#lists.pieces(key, before, limit);
    const runs: Uint8Array[] = [];
    let archived = NONE;
    for (const { page, from, to } of pieces) {
      // Rows that were cut are the oldest ones, so the first row that is whole ends them.
      let whole = from;
      while (whole < to && itemBytes(page, whole) === ID_BYTES) whole += 1;
      if (whole < to) runs.push(run(page, whole, to));
      if (whole > from) archived = [...archived, ...idsOf(run(page, from, whole))];
    }
    return { count: count - archived.length, runs, archived, next };
  }

  release(leaving: readonly Leaving<Entry>[]): void {
    const byKey = new Map<string, { key: Uint8Array; count: number }>();
    for (const { entry } of leaving) {
      const key = this.#keyOf(entry);
      if (key === null) continue;
      const name = key.join();
      const count = (byKey.get(name)?.count ?? 0) + 1;
      byKey.set(name, { key, count });
    }
    for (const { key, count } of byKey.values()) {
      const from = this.#released.get(key) ?? 0;
      this.#lists.shorten(key, from, from + count, ID_BYTES);
      this.#released.set(key, from + count);
    }
  }
}

const NONE: readonly number[] = [];

/** The numbers that cut rows are. */
function idsOf(rows: Uint8Array): number[] {
  return Array.from({ length: rows.length / ID_BYTES }, (_, at) => idOf(rows, at * ID_BYTES));
}

/** An index that holds numbers of entries, and reads each entry from the log. */
export class NumberIndex<Entry> implements Index<Entry> {
  readonly #lists: PagedLists;
  readonly #keyOf: KeyOf<Entry>;
  readonly #log: Log;

  /** @param lists with {@link NUMBERS_PER_PAGE}. */
  constructor(lists: PagedLists, keyOf: KeyOf<Entry>, log: Log) {
    this.#lists = lists;
    this.#keyOf = keyOf;
    this.#log = log;
  }

  add(entry: Entry, id: number): void {
    const key = this.#keyOf(entry);
    if (key !== null) this.#lists.append(key, u32(id));
  }

  page(key: Uint8Array, before: number | null, limit: number): Found {
    const { bytes, next } = this.#lists.page(key, before, limit);
    const { first } = this.#log;
    const runs: Uint8Array[] = [];
    const archived: number[] = [];
    for (let at = 0; at < bytes.length; at += NUMBER_BYTES) {
      const id = readU32(bytes, at);
      if (id < first) archived.push(id);
      else runs.push(bodyOf(this.#log.at(id)));
    }
    return { count: runs.length, runs, archived, next };
  }

  release(): void {
    // Numbers are all it holds.
  }

  /** The number of the newest entry under `key`. */
  newest(key: Uint8Array): number | null {
    const { count, bytes } = this.#lists.page(key, null, 1);
    return count === 0 ? null : readU32(bytes);
  }
}
