import { concat, readU32, u32 } from '@fabrica/core/store';
import { bodyOf } from './book.ts';
import type { Log } from './log.ts';
import type { ListPage, PagedLists } from './paged-lists.ts';

/** Finds entries by one property, newest first. */
export interface Index<Entry> {
  /** Takes an entry in that was just appended. Entries without the property are left out. */
  add(entry: Entry, id: number, body: Uint8Array): void;
  /** Bodies of up to `limit` entries under `key`, older than position `before`. */
  page(key: Uint8Array, before: number | null, limit: number): ListPage;
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
 */
export class RowIndex<Entry> implements Index<Entry> {
  readonly #lists: PagedLists;
  readonly #keyOf: KeyOf<Entry>;

  /** @param lists with {@link ROWS_PER_PAGE}. */
  constructor(lists: PagedLists, keyOf: KeyOf<Entry>) {
    this.#lists = lists;
    this.#keyOf = keyOf;
  }

  add(entry: Entry, _id: number, body: Uint8Array): void {
    const key = this.#keyOf(entry);
    if (key !== null) this.#lists.append(key, body);
  }

  page(key: Uint8Array, before: number | null, limit: number): ListPage {
    return this.#lists.page(key, before, limit);
  }
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

  page(key: Uint8Array, before: number | null, limit: number): ListPage {
    const { count, bytes, next } = this.#lists.page(key, before, limit);
    const bodies: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += NUMBER_BYTES) {
      bodies.push(bodyOf(this.#log.at(readU32(bytes, at))));
    }
    return { count, bytes: concat(...bodies), next };
  }

  /** The number of the newest entry under `key`. */
  newest(key: Uint8Array): number | null {
    const { count, bytes } = this.#lists.page(key, null, 1);
    return count === 0 ? null : readU32(bytes);
  }
}
