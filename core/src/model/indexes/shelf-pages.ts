import type { ByteStore } from '../../store/byte-store.ts';
import { within } from '../../store/keyspaces.ts';
import { numberedKey } from './keys.ts';
import { PostingSets } from './posting-sets.ts';
import { ShelfPage } from './shelf-page.ts';

const FRONT = 0;
const MAIN = 1;
const LEAF = 2;
const LOWS = 3;

/**
 * Where the pages are that a first page is read from. Stores of their own pay: the stable map goes down a tree,
 * which is lower where it holds nothing else, and writes a value with its neighbours, so that a front among large
 * pages would cost several times as much.
 */
export interface FirstPages {
  readonly fronts: ByteStore;
  readonly mains: ByteStore;
}

/**
 * Where a shelf's pages are, newest rows first: `prefix 00 key` the front, `prefix 01 key` the main page,
 * `prefix 02 key low:u32be` the leaves, and in the posting sets at `prefix 03` the set of each shelf's leaf
 * lows. A leaf has the rows from its low to below the next page's low. The front is there while the shelf
 * has rows; its low is 0 when there is no main page, else its `under` is the main page's low.
 */
export class ShelfPages {
  // Not `#private`: they are asked for in every access.
  private readonly fronts: ByteStore;
  private readonly mains: ByteStore;
  private readonly leaves: ByteStore;
  private readonly lows: PostingSets;

  constructor(store: ByteStore, prefix: Uint8Array, { fronts, mains }: FirstPages) {
    this.fronts = within(fronts, ...prefix, FRONT);
    this.mains = within(mains, ...prefix, MAIN);
    this.leaves = within(store, ...prefix, LEAF);
    this.lows = new PostingSets(store, Uint8Array.of(...prefix, LOWS));
  }

  /** The front, or `null` when the shelf has no rows. */
  front(key: Uint8Array): ShelfPage | null {
    const value = this.fronts.get(key);
    return value === null ? null : ShelfPage.parse(value);
  }

  saveFront(key: Uint8Array, page: ShelfPage): void {
    this.fronts.set(key, page.bytes);
  }

  dropFront(key: Uint8Array): void {
    this.fronts.delete(key);
  }

  /** The main page, which the front says is there. Throws `Error` when it is not: the shelf is broken. */
  main(key: Uint8Array): ShelfPage {
    return required(this.mains.get(key), 'main page');
  }

  saveMain(key: Uint8Array, page: ShelfPage): void {
    this.mains.set(key, page.bytes);
  }

  dropMain(key: Uint8Array): void {
    this.mains.delete(key);
  }

  /** The leaf of a low that the lows have. Throws `Error` when it is not there: the shelf is broken. */
  leaf(key: Uint8Array, low: number): ShelfPage {
    return required(this.leaves.get(numberedKey(key, low)), 'leaf');
  }

  /** Writes a leaf that the lows already have. */
  saveLeaf(key: Uint8Array, page: ShelfPage): void {
    this.leaves.set(numberedKey(key, page.low), page.bytes);
  }

  addLeaf(key: Uint8Array, page: ShelfPage): void {
    this.saveLeaf(key, page);
    this.lows.add(key, page.low);
  }

  dropLeaf(key: Uint8Array, low: number): void {
    this.leaves.delete(numberedKey(key, low));
    this.lows.remove(key, low);
  }

  /** Lows of leaves below `bound`, descending, at most `limit`: the first is the leaf of `bound - 1`. */
  lowsBelow(key: Uint8Array, bound: number, limit: number): Uint32Array {
    return this.lows.below(key, bound, limit);
  }

  /** The leaf that holds the numbers just below `bound`, or `null` when no leaf lies below it. */
  leafBelow(key: Uint8Array, bound: number): ShelfPage | null {
    const low = this.lowsBelow(key, bound, 1)[0];
    return low === undefined ? null : this.leaf(key, low);
  }
}

function required(value: Uint8Array | null, what: string): ShelfPage {
  if (value === null) throw new Error(`a shelf's ${what} is missing`);
  return ShelfPage.parse(value);
}
