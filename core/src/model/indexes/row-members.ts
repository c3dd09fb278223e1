import { CHUNK } from './bitmap.ts';
import type { ChunkWords, Members, Reads } from './members.ts';
import type { ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/**
 * The numbers on one shelf with any of the given roles, for set queries: "created by X and active". Pages
 * are read as the query comes to them, so a shelf needs no posting set of its own beside it.
 */
export class RowMembers implements Members {
  readonly #pages: ShelfPages;
  readonly #key: Uint8Array;
  readonly #roles: number;
  readonly #reads: Reads;
  #page: ShelfPage | null;
  #index = 0;

  constructor(pages: ShelfPages, key: Uint8Array, roles: number, reads: Reads) {
    this.#pages = pages;
    this.#key = key;
    this.#roles = roles;
    this.#reads = reads;
    this.#page = pages.head(key);
    reads.used += 1;
  }

  chunkAtOrBelow(chunk: number): number {
    const number = this.#seek((chunk + 1) * CHUNK);
    return number < 0 ? -1 : Math.floor(number / CHUNK);
  }

  open(chunk: number): ChunkWords {
    const base = chunk * CHUNK;
    return {
      weight: this.#page?.count ?? 0,
      wordAtOrBelow: (index) => {
        const number = this.#seek(base + index * 32 + 32);
        return number < base ? -1 : (number - base) >>> 5;
      },
      word: (index) => {
        const start = base + index * 32;
        let word = 0;
        let number = this.#seek(start + 32);
        while (number >= start) {
          word |= 1 << (number - start);
          number = this.#seek(number);
        }
        return word;
      },
    };
  }

  /** Moves to the highest number below `bound`; -1 when there is none. Bounds only descend. */
  #seek(from: number): number {
    let bound = from;
    while (this.#page !== null) {
      if (bound > this.#page.low) {
        this.#index = this.#match(this.#page, bound);
        if (this.#index < this.#page.count) return this.#page.numberAt(this.#index);
        bound = this.#page.low;
      }
      this.#page = this.#page.low === 0 ? null : this.#leafBelow(bound);
      this.#index = 0;
    }
    return -1;
  }

  #leafBelow(bound: number): ShelfPage | null {
    this.#reads.used += 2;
    return this.#pages.leafBelow(this.#key, bound);
  }

  /** The first row from here on that is below `bound` and has a role asked for. */
  #match(page: ShelfPage, bound: number): number {
    let index = this.#index;
    // Usually the next row: searching would cost ten times as much.
    if (index < page.count && page.numberAt(index) >= bound) index += 1;
    if (index < page.count && page.numberAt(index) >= bound) index = page.firstBelow(bound);
    while (index < page.count && (page.rolesAt(index) & this.#roles) === 0) index += 1;
    return index;
  }
}
