import { CHUNK } from './bitmap.ts';
import { ChunkWords, type Members, type Reads } from './members.ts';
import { ABOVE_ALL } from './numbers.ts';
import { ShelfDescent } from './shelf-descent.ts';
import { ENTRY_WORDS, HEADER_WORDS, type ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/**
 * The numbers on one shelf with any of the given roles, for set queries: "created by X and active". Pages
 * are read as the query comes to them, so a shelf needs no posting set of its own beside it.
 */
export class RowMembers implements Members {
  private readonly descent: ShelfDescent;
  private readonly roles: number;
  private readonly reads: Reads;
  private page: ShelfPage | null;
  /** The word of the page that holds the next row's number. */
  private at = HEADER_WORDS;

  constructor(pages: ShelfPages, key: Uint8Array, roles: number, reads: Reads) {
    this.descent = new ShelfDescent(pages, key);
    this.roles = roles;
    this.reads = reads;
    this.page = this.below(ABOVE_ALL);
  }

  chunkAtOrBelow(chunk: number): number {
    const number = this.seek((chunk + 1) * CHUNK);
    return number < 0 ? -1 : Math.floor(number / CHUNK);
  }

  open(chunk: number): ChunkWords {
    return new RowWords(this, chunk * CHUNK, this.page?.count ?? 0);
  }

  /** Moves to the highest number below `bound`; -1 when there is none. Bounds descend. */
  seek(bound: number): number {
    const { roles } = this;
    while (this.page !== null) {
      const { words, low } = this.page;
      let at = this.at;
      while (at < words.length && (words[at]! >= bound || !((words[at + 1]! >>> 24) & roles))) {
        at += ENTRY_WORDS;
      }
      this.at = at;
      if (at < words.length) return words[at]!;
      this.page = this.below(Math.min(bound, low));
      this.at = HEADER_WORDS;
    }
    return -1;
  }

  /** The members from `start` up, as bits, from the row that {@link seek} found; goes past them. */
  gather(start: number): number {
    const { roles } = this;
    let bits = 0;
    while (this.page !== null) {
      const { words } = this.page;
      let at = this.at;
      while (at < words.length && words[at]! >= start) {
        if (((words[at + 1]! >>> 24) & roles) !== 0) bits |= 1 << (words[at]! - start);
        at += ENTRY_WORDS;
      }
      this.at = at;
      // A word may go on in the next page.
      if (at < words.length || this.page.low <= start) break;
      this.page = this.below(this.page.low);
      this.at = HEADER_WORDS;
    }
    return bits;
  }

  private below(bound: number): ShelfPage | null {
    const before = this.descent.reads;
    const page = this.descent.below(bound);
    this.reads.used += this.descent.reads - before;
    return page;
  }
}

class RowWords extends ChunkWords {
  readonly weight: number;
  private readonly rows: RowMembers;
  private readonly base: number;

  constructor(rows: RowMembers, base: number, weight: number) {
    super();
    this.rows = rows;
    this.base = base;
    this.weight = weight;
  }

  next(index: number): number {
    const number = this.rows.seek(this.base + index * 32 + 32);
    if (number < this.base) return (this.index = -1);
    this.index = (number - this.base) >>> 5;
    this.bits = this.rows.gather(this.base + this.index * 32);
    return this.index;
  }
}
