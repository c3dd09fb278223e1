import type { ByteStore } from '../../store/byte-store.ts';
import { numberedKey, plainKey } from './keys.ts';
import { PostingSets } from './posting-sets.ts';
import { ShelfPage } from './shelf-page.ts';

const FRONT = 0;
const MAIN = 1;
const LEAF = 2;
const LOWS = 3;

/**
 * Where a shelf's pages are, newest rows first: `prefix 00 key` the front, `prefix 01 key` the main page,
 * `prefix 02 key low:u32be` the leaves, and in the posting sets at `prefix 03` the set of each shelf's leaf
 * lows. A leaf has the rows from its low to below the next page's low. The front is there while the shelf
 * has rows; its low is 0 when there is no main page, else its `under` is the main page's low.
 */
export class ShelfPages {
  readonly #store: ByteStore;
  readonly #prefix: Uint8Array;
  readonly #lows: PostingSets;

  constructor(store: ByteStore, prefix: Uint8Array) {
    this.#store = store;
    this.#prefix = prefix;
    this.#lows = new PostingSets(store, Uint8Array.of(...prefix, LOWS));
  }

  /** The front, or `null` when the shelf has no rows. */
  front(key: Uint8Array): ShelfPage | null {
    const value = this.#store.get(plainKey(this.#prefix, FRONT, key));
    return value === null ? null : ShelfPage.parse(value);
  }

  saveFront(key: Uint8Array, page: ShelfPage): void {
    this.#store.set(plainKey(this.#prefix, FRONT, key), page.bytes);
  }

  dropFront(key: Uint8Array): void {
    this.#store.delete(plainKey(this.#prefix, FRONT, key));
  }

  /** The main page, which the front says is there. Throws `Error` when it is not: the shelf is broken. */
  main(key: Uint8Array): ShelfPage {
    return this.#required(plainKey(this.#prefix, MAIN, key), 'main page');
  }

  saveMain(key: Uint8Array, page: ShelfPage): void {
    this.#store.set(plainKey(this.#prefix, MAIN, key), page.bytes);
  }

  dropMain(key: Uint8Array): void {
    this.#store.delete(plainKey(this.#prefix, MAIN, key));
  }

  /** The leaf of a low that the lows have. Throws `Error` when it is not there: the shelf is broken. */
  leaf(key: Uint8Array, low: number): ShelfPage {
    return this.#required(numberedKey(this.#prefix, LEAF, key, low), 'leaf');
  }

  /** Writes a leaf that the lows already have. */
  saveLeaf(key: Uint8Array, page: ShelfPage): void {
    this.#store.set(numberedKey(this.#prefix, LEAF, key, page.low), page.bytes);
  }

  addLeaf(key: Uint8Array, page: ShelfPage): void {
    this.saveLeaf(key, page);
    this.#lows.add(key, page.low);
  }

  dropLeaf(key: Uint8Array, low: number): void {
    this.#store.delete(numberedKey(this.#prefix, LEAF, key, low));
    this.#lows.remove(key, low);
  }

  /** Lows of leaves below `bound`, descending, at most `limit`: the first is the leaf of `bound - 1`. */
  lowsBelow(key: Uint8Array, bound: number, limit: number): Uint32Array {
    return this.#lows.below(key, bound, limit);
  }

  /** The leaf that holds the numbers just below `bound`, or `null` when no leaf lies below it. */
  leafBelow(key: Uint8Array, bound: number): ShelfPage | null {
    const low = this.lowsBelow(key, bound, 1)[0];
    return low === undefined ? null : this.leaf(key, low);
  }

  #required(key: Uint8Array, what: string): ShelfPage {
    const value = this.#store.get(key);
    if (value === null) throw new Error(`a shelf's ${what} is missing`);
    return ShelfPage.parse(value);
  }
}
