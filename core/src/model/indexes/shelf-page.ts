import { aligned, refuseVersion, VERSION } from './stored.ts';

/** Bytes one row may have. */
export const MAX_ROW_BYTES = 2_048;

/** The words of a page before its entries, and of one entry: a row's number, then its span. */
export const HEADER_WORDS = 3;
export const ENTRY_WORDS = 2;

const HEADER = 4 * HEADER_WORDS;
const ENTRY = 4 * ENTRY_WORDS;
const NUMBER = HEADER_WORDS;
const SPAN = HEADER_WORDS + 1;

/**
 * A page of rows, newest (highest number) first, as one stored value:
 *
 * ```
 * version u8 | zero u8 | count u16 | low u32 | under u32 | count x (number u32, span u32) | rows
 * ```
 *
 * A span's lower 24 bits are the distance from the row's start to the value's end, its upper 8 the roles.
 * Distances from the end stay true when a newer row is put in front, so that an insert at the front is
 * three copies whatever the page holds. Every row's number is at least `low`.
 *
 * `insert`, `remove`, `slice` and `join` answer new pages; the setters write into this one's bytes.
 */
export class ShelfPage {
  // `declare`, and no private methods: fields defined twice and a brand would double a page's cost.
  declare readonly bytes: Uint8Array;
  declare readonly count: number;
  /** Header and entries, over `bytes`. */
  declare readonly words: Uint32Array;

  /** Over a whole stored page; {@link parse} reads one. */
  constructor(bytes: Uint8Array, count: number) {
    this.bytes = bytes;
    this.count = count;
    this.words = new Uint32Array(
      bytes.buffer,
      bytes.byteOffset,
      HEADER_WORDS + ENTRY_WORDS * count,
    );
  }

  /** A stored page. Throws `Error` on an unknown layout version. */
  static parse(value: Uint8Array): ShelfPage {
    if (value[0] !== VERSION) refuseVersion(value, 'shelf page');
    return new ShelfPage(aligned(value), value[2]! | (value[3]! << 8));
  }

  /** A page with no rows. */
  static empty(low: number, under: number): ShelfPage {
    return blank(0, 0, low, under);
  }

  /** The rows of `newer` followed by those of `older`, with the header of `older`. */
  static join(newer: ShelfPage, older: ShelfPage): ShelfPage {
    const rows = tailOf(older, 0);
    const count = newer.count + older.count;
    const page = blank(count, tailOf(newer, 0) + rows, older.low, older.under);
    const at = put(page, entriesOf(newer, 0, newer.count), HEADER);
    put(page, newer.rows(0, newer.count), put(page, entriesOf(older, 0, older.count), at));
    page.bytes.set(older.rows(0, older.count), page.bytes.length - rows);
    shift(page, newer.count, rows);
    return page;
  }

  /** No row's number is below this, and no older page of the shelf has a row at or above it. */
  get low(): number {
    return this.words[1]!;
  }

  set low(low: number) {
    this.words[1] = low;
  }

  /** In a front page: the low of the main page; else 0. */
  get under(): number {
    return this.words[2]!;
  }

  set under(under: number) {
    this.words[2] = under;
  }

  numberAt(index: number): number {
    return this.words[NUMBER + 2 * index]!;
  }

  rolesAt(index: number): number {
    return this.words[SPAN + 2 * index]! >>> 24;
  }

  setRolesAt(index: number, roles: number): void {
    this.words[SPAN + 2 * index] = tailOf(this, index) | (roles << 24);
  }

  /** The index of the first row below `bound`; the count when there is none. */
  firstBelow(bound: number): number {
    const { words, count } = this;
    // Contracts arrive in ascending order, so the newest end is the usual answer.
    if (count === 0 || words[NUMBER]! < bound) return 0;
    let from = 1;
    let to = count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (words[NUMBER + 2 * middle]! < bound) to = middle;
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
    return this.bytes.subarray(end - tailOf(this, from), end - tailOf(this, to));
  }

  /** The page with a row put at `index`. */
  insert(index: number, number: number, roles: number, row: Uint8Array): ShelfPage {
    const { bytes } = this;
    const tail = tailOf(this, index);
    const entryAt = HEADER + ENTRY * index;
    const rowStart = bytes.length - tail;
    const size = bytes.length - HEADER - ENTRY * this.count + row.length;
    const page = blank(this.count + 1, size, this.low, this.under);
    if (index > 0) page.bytes.set(bytes.subarray(HEADER, entryAt), HEADER);
    // Entries from `index` on and rows before it lie side by side: one copy.
    page.bytes.set(bytes.subarray(entryAt, rowStart), entryAt + ENTRY);
    page.bytes.set(row, rowStart + ENTRY);
    if (tail > 0) page.bytes.set(bytes.subarray(rowStart), rowStart + ENTRY + row.length);
    page.words[NUMBER + 2 * index] = number;
    page.words[SPAN + 2 * index] = (tail + row.length) | (roles << 24);
    shift(page, index, row.length);
    return page;
  }

  /** The page without the row at `index`. */
  remove(index: number): ShelfPage {
    const size = tailOf(this, index) - tailOf(this, index + 1);
    const entryAt = HEADER + ENTRY * index;
    const rowStart = this.bytes.length - tailOf(this, index);
    const page = blank(this.count - 1, tailOf(this, 0) - size, this.low, this.under);
    put(page, this.bytes.subarray(HEADER, entryAt), HEADER);
    const rowAt = put(page, this.bytes.subarray(entryAt + ENTRY, rowStart), entryAt);
    put(page, this.bytes.subarray(rowStart + size), rowAt);
    shift(page, index, -size);
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

  /** A page of rows `from` (included) to `to` (excluded), with this low. */
  slice(from: number, to: number, low: number): ShelfPage {
    const below = tailOf(this, to);
    const page = blank(to - from, tailOf(this, from) - below, low, 0);
    put(page, this.rows(from, to), put(page, entriesOf(this, from, to), HEADER));
    shift(page, page.count, -below);
    return page;
  }
}

function blank(count: number, rows: number, low: number, under: number): ShelfPage {
  const page = new ShelfPage(new Uint8Array(HEADER + ENTRY * count + rows), count);
  page.words[0] = VERSION | (count << 16);
  page.words[1] = low;
  page.words[2] = under;
  return page;
}

/** Distance from the start of row `index` to the end; 0 after the last row. */
function tailOf(page: ShelfPage, index: number): number {
  return index === page.count ? 0 : page.words[SPAN + 2 * index]! & 0xff_ffff;
}

function entriesOf(page: ShelfPage, from: number, to: number): Uint8Array {
  return page.bytes.subarray(HEADER + ENTRY * from, HEADER + ENTRY * to);
}

/** Writes `part` at `at`; where it ends. */
function put(page: ShelfPage, part: Uint8Array, at: number): number {
  page.bytes.set(part, at);
  return at + part.length;
}

/** Moves the starts of the first `count` rows away from the end by `distance`. */
function shift(page: ShelfPage, count: number, distance: number): void {
  if (distance === 0) return;
  const { words } = page;
  for (let at = SPAN; at < SPAN + 2 * count; at += 2) words[at]! += distance;
}
