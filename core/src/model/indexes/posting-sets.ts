import type { ByteStore } from '../../store/byte-store.ts';
import { CHUNK } from './bitmap.ts';
import { ListMembers, wordsOfPage } from './member-lists.ts';
import { NO_MEMBERS, type MemberSource } from './members.ts';
import { firstBelow, requireNumber } from './numbers.ts';
import { countOf, listValue, longElements, narrowed, widened } from './posting-list.ts';
import { pageCount, pageHas, pageOf, pageWith, pageWithout } from './posting-page.ts';
import { chunkAtOrBelow, withChunk, withoutChunk, type ChunkBits } from './posting-root.ts';
import { PostingStore, type PagedRoot } from './posting-store.ts';
import { readMembers } from './read-members.ts';

/** A set with more numbers than this moves from its root into pages; it returns only by becoming empty. */
export const INLINE_MAX = 256;

/**
 * Sets of contract numbers, each under a key of any bytes: "active", "public", "version 1.2.0", a name's
 * prefix. A trie of two levels: a root, and below it pages of 8,192 numbers.
 *
 * - A small set (to {@link INLINE_MAX}) is its root: a list of 4 bytes a number.
 * - A large set's root tells only which pages exist; a page is a list of 2 bytes a number (to 256), else a
 *   bitmap of 1 KiB. Roots of large sets are cached on the heap, so adding, removing and asking touch
 *   the page alone, whatever the set's size.
 *
 * | work | store operations | measured |
 * |---|---|---|
 * | add, remove | get, set | 0.34 to 0.41 M, at 10 and at 100,000 numbers |
 * | has | get | 0.12 to 0.14 M |
 * | 50 newest numbers | get | 0.45 M of a dense set |
 * | size | get, or none | |
 * | a large set's first use after an upgrade | one get more; size: one for each page | |
 * | first or last number in a page of a large set | one set or delete more, for the root | |
 * | the 257th number | one set for each page, at most one page per 8,192 contracts | |
 *
 * Measured in instructions in a canister, JavaScript and stable memory together.
 *
 * Keys and values: {@link PostingStore}, {@link listValue}, {@link rootOf}, {@link Bitmap}. A canister holds
 * one instance for each prefix: another's cache would be stale.
 */
export class PostingSets {
  readonly #values: PostingStore;

  /** Sets kept in `store` under keys that begin with `prefix`, which nothing else may use. */
  constructor(store: ByteStore, prefix: Uint8Array) {
    this.#values = new PostingStore(store, prefix);
  }

  /** Adds `number`; false when it was there. */
  add(key: Uint8Array, number: number): boolean {
    requireNumber(number);
    const root = this.#values.root(key);
    if (root === null) {
      this.#values.saveList(key, listValue(Uint32Array.of(number)));
      return true;
    }
    if (root instanceof Uint8Array) return this.#addToList(key, root, number);
    return this.#addToPage(key, root, number);
  }

  /** Removes `number`; false when it was not there. */
  remove(key: Uint8Array, number: number): boolean {
    requireNumber(number);
    const root = this.#values.root(key);
    if (root === null) return false;
    if (root instanceof Uint8Array) return this.#removeFromList(key, root, number);
    return this.#removeFromPage(key, root, number);
  }

  /** Whether `number` is in the set. */
  has(key: Uint8Array, number: number): boolean {
    requireNumber(number);
    const root = this.#values.root(key);
    if (root === null) return false;
    if (root instanceof Uint8Array) {
      const numbers = longElements(root);
      return numbers[firstBelow(numbers, number + 1)] === number;
    }
    const page = this.#values.page(key, chunkOf(number));
    return page !== null && pageHas(page, number % CHUNK);
  }

  /**
   * How many numbers the set holds. A large set's first answer after an upgrade reads each of its pages (one
   * per 8,192 contracts); from then on the cache knows.
   */
  size(key: Uint8Array): number {
    const root = this.#values.root(key);
    if (root === null) return 0;
    if (root instanceof Uint8Array) return countOf(root);
    root.size ??= this.#sizeOfPages(key, root.chunks);
    return root.size;
  }

  /** The set as a source for `readMembers`, `allOf`, `anyOf` and `except`. */
  members(key: Uint8Array): MemberSource {
    return (reads) => {
      if (!this.#values.isCached(key)) reads.used += 1;
      const root = this.#values.root(key);
      if (root === null) return NO_MEMBERS;
      if (root instanceof Uint8Array) return new ListMembers(longElements(root));
      return {
        chunkAtOrBelow: (chunk) => chunkAtOrBelow(root.chunks, chunk),
        open: (chunk) => {
          reads.used += 1;
          return wordsOfPage(this.#values.requirePage(key, chunk));
        },
      };
    };
  }

  /** The highest members below `bound`, descending, at most `limit`: {@link readMembers} for callers in a hurry. */
  below(key: Uint8Array, bound: number, limit: number): Uint32Array {
    const root = this.#values.root(key);
    if (root === null) return new Uint32Array(0);
    if (root instanceof Uint8Array) {
      const numbers = longElements(root);
      const from = firstBelow(numbers, bound);
      return numbers.subarray(from, from + limit);
    }
    return readMembers(this.members(key), { cursor: bound, limit }).numbers;
  }

  #addToList(key: Uint8Array, root: Uint8Array, number: number): boolean {
    const numbers = longElements(root);
    const position = firstBelow(numbers, number + 1);
    if (numbers[position] === number) return false;
    const next = widened(root, position, 4);
    longElements(next)[position] = number;
    if (numbers.length === INLINE_MAX) this.#spread(key, longElements(next));
    else this.#values.saveList(key, next);
    return true;
  }

  #removeFromList(key: Uint8Array, root: Uint8Array, number: number): boolean {
    const numbers = longElements(root);
    const position = firstBelow(numbers, number + 1);
    if (numbers[position] !== number) return false;
    if (numbers.length === 1) this.#values.drop(key);
    else this.#values.saveList(key, narrowed(root, position, 4));
    return true;
  }

  #addToPage(key: Uint8Array, root: PagedRoot, number: number): boolean {
    const chunk = chunkOf(number);
    const page = this.#values.page(key, chunk);
    const next = page === null ? pageOf(number % CHUNK) : pageWith(page, number % CHUNK);
    if (next === null) return false;
    this.#values.savePage(key, chunk, next);
    if (page === null) this.#values.saveChunks(key, root, withChunk(root.chunks, chunk));
    if (root.size !== null) root.size += 1;
    return true;
  }

  #removeFromPage(key: Uint8Array, root: PagedRoot, number: number): boolean {
    const chunk = chunkOf(number);
    const page = this.#values.page(key, chunk);
    const next = page === null ? null : pageWithout(page, number % CHUNK);
    if (next === null) return false;
    if (root.size !== null) root.size -= 1;
    if (pageCount(next) > 0) {
      this.#values.savePage(key, chunk, next);
    } else {
      this.#values.dropPage(key, chunk);
      this.#values.saveChunks(key, root, withoutChunk(root.chunks, chunk));
    }
    return true;
  }

  /** Moves a set that outgrew its root into pages. */
  #spread(key: Uint8Array, numbers: Uint32Array): void {
    let chunks: ChunkBits = new Uint32Array(0);
    let from = 0;
    while (from < numbers.length) {
      const chunk = chunkOf(numbers[from]!);
      const to = firstBelow(numbers, chunk * CHUNK);
      const offsets = numbers.subarray(from, to).map((number) => number % CHUNK);
      this.#values.savePage(key, chunk, pageOf(...offsets));
      chunks = withChunk(chunks, chunk);
      from = to;
    }
    this.#values.saveChunks(key, { chunks, size: numbers.length }, chunks);
  }

  #sizeOfPages(key: Uint8Array, chunks: ChunkBits): number {
    let size = 0;
    let chunk = chunkAtOrBelow(chunks, chunks.length * 32 - 1);
    while (chunk >= 0) {
      size += pageCount(this.#values.requirePage(key, chunk));
      chunk = chunkAtOrBelow(chunks, chunk - 1);
    }
    return size;
  }
}

function chunkOf(number: number): number {
  return Math.floor(number / CHUNK);
}
