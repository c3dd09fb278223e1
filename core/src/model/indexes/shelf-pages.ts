import type { ByteStore } from '../../store/byte-store.ts';
import { numberedKey, plainKey } from './keys.ts';
import { PostingSets } from './posting-sets.ts';
import { readMembers, type MemberPage } from './read-members.ts';
import { ShelfPage } from './shelf-page.ts';

const HEAD = 0;
const LEAF = 1;
const LOWS = 2;

/**
 * Where a shelf's pages are: `prefix 00 key` the head (the newest rows), `prefix 01 key low:u32be` the
 * older leaves, and in the posting sets at `prefix 02` the set of each shelf's leaf lows. The leaf with low
 * `l` has the rows from `l` to below the next low; the head has those from its own low up.
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

  /** The head, or `null` when the shelf has no rows. One get. */
  head(key: Uint8Array): ShelfPage | null {
    const value = this.#store.get(plainKey(this.#prefix, HEAD, key));
    return value === null ? null : ShelfPage.parse(value);
  }

  /** The leaf of that low. One get. Throws `Error` when it is missing: the lows and the leaves disagree. */
  leaf(key: Uint8Array, low: number): ShelfPage {
    const value = this.#store.get(numberedKey(this.#prefix, LEAF, key, low));
    if (value === null) throw new Error(`shelf leaf ${low} is missing`);
    return ShelfPage.parse(value);
  }

  saveHead(key: Uint8Array, page: ShelfPage): void {
    this.#store.set(plainKey(this.#prefix, HEAD, key), page.bytes);
  }

  dropHead(key: Uint8Array): void {
    this.#store.delete(plainKey(this.#prefix, HEAD, key));
  }

  /** Writes a leaf that the lows already know. */
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
  lowsBelow(key: Uint8Array, bound: number, limit: number): MemberPage {
    return readMembers(this.#lows.members(key), { cursor: bound, limit });
  }

  /** The leaf that holds numbers just below `bound`, or `null` when no leaf lies below it. */
  leafBelow(key: Uint8Array, bound: number): ShelfPage | null {
    const low = this.lowsBelow(key, bound, 1).numbers[0];
    return low === undefined ? null : this.leaf(key, low);
  }
}
