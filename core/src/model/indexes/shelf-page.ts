import { aligned, requireVersion, VERSION } from './stored.ts';

/**
 * Rows one page holds at most. Full pages split in half: a head that has split keeps a few rows more than
 * the 50 of a reader's page, and answers it alone even after some removals.
 */
export const PAGE_ROWS = 104;

/** Bytes beyond which a page splits although it has few rows: larger values make every write dearer. */
export const PAGE_BYTES = 16_384;

/** Bytes one row may have. */
export const MAX_ROW_BYTES = 2_048;

const HEADER = 8;
const ENTRY = 8;

/** The first two words are the header; entry `i` is words `2 i + 2` and `2 i + 3`. */
const NUMBER = 2;
const SPAN = 3;

/**
 * A page of rows, newest (highest number) first, as one stored value:
 *
 * ```
 * version u8 | zero u8 | count u16 | low u32 | count x (number u32, span u32) | rows
 * ```
 *
 * A span's lower 24 bits are the distance from the row's start to the value's end, its upper 8 the roles.
 * Distances from the end stay true when a newer row is put in front, so that an insert at the front is
 * three copies whatever the page holds. Every row's number is at least `low`.
 *
 * `insert`, `remove`, `slice` and `join` answer new pages; the setters write into this one's bytes.
 */
export class ShelfPage {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly #words: Uint32Array;

  private constructor(bytes: Uint8Array, count: number) {
    this.bytes = bytes;
    this.count = count;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, (HEADER + ENTRY * count) / 4);
  }

  /** A stored page. Throws `Error` on an unknown layout version. */
  static parse(value: Uint8Array): ShelfPage {
    requireVersion(value, 'shelf page');
    return new ShelfPage(aligned(value), value[2]! | (value[3]! << 8));
  }

  /** A page with no rows. */
  static empty(low: number): ShelfPage {
    return ShelfPage.#blank(0, 0, low);
  }

  /** The rows of `newer` followed by those of `older`, with the low of `older`. */
  static join(newer: ShelfPage, older: ShelfPage): ShelfPage {
    const rows = older.#tail(0);
    const page = ShelfPage.#blank(newer.count + older.count, newer.#tail(0) + rows, older.low);
    const at = page.#put(newer.#entries(0, newer.count), HEADER);
    page.#put(newer.rows(0, newer.count), page.#put(older.#entries(0, older.count), at));
    page.bytes.set(older.rows(0, older.count), page.bytes.length - rows);
    page.#shift(newer.count, rows);
    return page;
  }

  static #blank(count: number, rows: number, low: number): ShelfPage {
    const bytes = new Uint8Array(HEADER + ENTRY * count + rows);
    const page = new ShelfPage(bytes, count);
    page.#words[0] = VERSION | (count << 16);
    page.#words[1] = low;
    return page;
  }

  /** No row's number is below this, and no older page of the shelf has a row at or above it. */
  get low(): number {
    return this.#words[1]!;
  }

  set low(low: number) {
    this.#words[1] = low;
  }

  /** Whether the page must split. */
  get full(): boolean {
    return this.count > PAGE_ROWS || (this.bytes.length > PAGE_BYTES && this.count > 1);
  }

  numberAt(index: number): number {
    return this.#words[NUMBER + 2 * index]!;
  }

  rolesAt(index: number): number {
    return this.#words[SPAN + 2 * index]! >>> 24;
  }

  setRolesAt(index: number, roles: number): void {
    this.#words[SPAN + 2 * index] = this.#tail(index) | (roles << 24);
  }

  /** The index of the first row below `bound`; the count when there is none. */
  firstBelow(bound: number): number {
    if (this.count === 0 || this.numberAt(0) < bound) return 0;
    let from = 1;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.numberAt(middle) < bound) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  /** The index of the row `number`, or -1. */
  find(number: number): number {
    const index = this.firstBelow(number + 1);
    return index < this.count && this.numberAt(index) === number ? index : -1;
  }

  /** The bytes of rows `from` (included) to `to` (excluded), over the page's own. */
  rows(from: number, to: number): Uint8Array {
    const end = this.bytes.length;
    return this.bytes.subarray(end - this.#tail(from), end - this.#tail(to));
  }

  /** The page with a row put at `index`. */
  insert(index: number, number: number, roles: number, row: Uint8Array): ShelfPage {
    const tail = this.#tail(index);
    const entryAt = HEADER + ENTRY * index;
    const page = ShelfPage.#blank(this.count + 1, this.#tail(0) + row.length, this.low);
    page.#put(this.bytes.subarray(HEADER, entryAt), HEADER);
    const rowStart = this.bytes.length - tail;
    const rowAt = page.#put(this.bytes.subarray(entryAt, rowStart), entryAt + ENTRY);
    page.#put(this.bytes.subarray(rowStart), page.#put(row, rowAt));
    page.#words[NUMBER + 2 * index] = number;
    page.#words[SPAN + 2 * index] = (tail + row.length) | (roles << 24);
    page.#shift(index, row.length);
    return page;
  }

  /** The page without the row at `index`. */
  remove(index: number): ShelfPage {
    const size = this.#tail(index) - this.#tail(index + 1);
    const entryAt = HEADER + ENTRY * index;
    const rowStart = this.bytes.length - this.#tail(index);
    const page = ShelfPage.#blank(this.count - 1, this.#tail(0) - size, this.low);
    page.#put(this.bytes.subarray(HEADER, entryAt), HEADER);
    const rowAt = page.#put(this.bytes.subarray(entryAt + ENTRY, rowStart), entryAt);
    page.#put(this.bytes.subarray(rowStart + size), rowAt);
    page.#shift(index, -size);
    return page;
  }

  /** The page with other bytes for the row at `index`; in place when their length is the same. */
  replace(index: number, row: Uint8Array): ShelfPage {
    const old = this.rows(index, index + 1);
    if (old.length === row.length) {
      old.set(row);
      return this;
    }
    const number = this.numberAt(index);
    return this.remove(index).insert(index, number, this.rolesAt(index), row);
  }

  /** A page of rows `from` (included) to `to` (excluded). */
  slice(from: number, to: number, low: number): ShelfPage {
    const below = this.#tail(to);
    const page = ShelfPage.#blank(to - from, this.#tail(from) - below, low);
    page.#put(this.rows(from, to), page.#put(this.#entries(from, to), HEADER));
    page.#shift(page.count, -below);
    return page;
  }

  /** Distance from the start of row `index` to the end; 0 after the last row. */
  #tail(index: number): number {
    return index === this.count ? 0 : this.#words[SPAN + 2 * index]! & 0xff_ffff;
  }

  #entries(from: number, to: number): Uint8Array {
    return this.bytes.subarray(HEADER + ENTRY * from, HEADER + ENTRY * to);
  }

  /** Writes `part` at `at`; where it ends. */
  #put(part: Uint8Array, at: number): number {
    this.bytes.set(part, at);
    return at + part.length;
  }

  /** Moves the starts of the first `count` rows away from the end by `distance`. */
  #shift(count: number, distance: number): void {
    if (distance === 0) return;
    for (let at = SPAN; at < SPAN + 2 * count; at += 2) this.#words[at]! += distance;
  }
}
