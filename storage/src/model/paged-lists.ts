import { binary, concat, u32, type ByteStore } from '@fabrica/core/store';
import { lengthOf, run, withItem, withShortened } from './list-page.ts';

/** Part of a list, newest item first. */
export interface ListPage {
  readonly count: number;
  /** The items, one after another. */
  readonly bytes: Uint8Array;
  /** Pass as `before` to go on; `null` at the list's beginning. */
  readonly next: number | null;
}

/** Items of one stored page, `from` to `to` - 1 by their place in it (0 is its oldest). */
export interface Piece {
  readonly page: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Lists of small items that only grow, each under its own key, read newest first.
 *
 * The newest items of a list lie in its head, so that an append is one read and one write whatever the
 * list holds. A full head is set aside under its page number and never touched again.
 *
 * A page is stored as it is read: newest item first, so that any run of its items is one piece of it.
 * Version, length of the list, then for each item, oldest first, the bytes from its beginning to the
 * end of the page (16 bits: they stay true when an item is put in front), then the items.
 */
export class PagedLists {
  readonly #space: ByteStore;
  readonly #itemsPerPage: number;
  /** Heads by key, as stored. The events of one order touch the same lists: saves 0.2 M an append. */
  readonly #heads = new Map<string, Uint8Array>();

  /**
   * @param itemsPerPage part of the stored form: never changes once released. A page must stay under
   *   64 KiB.
   */
  constructor(space: ByteStore, itemsPerPage: number) {
    this.#space = space;
    this.#itemsPerPage = itemsPerPage;
  }

  /** Items in the list. */
  length(key: Uint8Array): number {
    return lengthOf(this.#head(key));
  }

  /** @throws RangeError if the page outgrows 64 KiB, which the sizes of the items must rule out. */
  append(key: Uint8Array, item: Uint8Array): void {
    const head = this.#head(key);
    const length = lengthOf(head);
    const held = length % this.#itemsPerPage;
    if (head !== null && held === 0) {
      this.#space.set(pageKey(key, length / this.#itemsPerPage - 1), head);
    }
    const before = head === null || held === 0 ? null : head;
    const grown = withItem(before, held, length + 1, item);
    this.#space.set(headKey(key), grown);
    this.#remember(key, grown);
  }

  /**
   * Up to `limit` items, newest first, older than position `before` (0 is the oldest item).
   * Reads one stored page for each `itemsPerPage` items, and one more.
   */
  page(key: Uint8Array, before: number | null, limit: number): ListPage {
    const { count, pieces, next } = this.pieces(key, before, limit);
    const runs = pieces.map(({ page, from, to }) => run(page, from, to));
    return { count, bytes: runs.length === 1 ? runs[0]! : concat(...runs), next };
  }

  /** The same as {@link page}, in the pieces that it is stored in. */
  pieces(key: Uint8Array, before: number | null, limit: number) {
    const head = this.#head(key);
    const length = lengthOf(head);
    const end = Math.min(before ?? length, length);
    const start = Math.max(0, end - limit);
    const pieces: Piece[] = [];
    for (let to = end; to > start; ) {
      const number = Math.floor((to - 1) / this.#itemsPerPage);
      const first = number * this.#itemsPerPage;
      const from = Math.max(start, first);
      const page = this.#page(key, number, head, length);
      pieces.push({ page, from: from - first, to: to - first });
      to = from;
    }
    return { count: end - start, pieces, next: start > 0 ? start : null };
  }

  /** Cuts the items `from` to `to` - 1 of a list (0 is its oldest) to their first `bytes` bytes. */
  shorten(key: Uint8Array, from: number, to: number, bytes: number): void {
    const head = this.#head(key);
    const length = lengthOf(head);
    for (let at = from; at < to; ) {
      const number = Math.floor(at / this.#itemsPerPage);
      const first = number * this.#itemsPerPage;
      const end = Math.min(to, first + this.#itemsPerPage);
      const page = this.#page(key, number, head, length);
      const held = Math.min(this.#itemsPerPage, length - first);
      const shortened = withShortened(page, held, { from: at - first, to: end - first, bytes });
      if (page === head) {
        this.#space.set(headKey(key), shortened);
        this.#remember(key, shortened);
      } else {
        this.#space.set(pageKey(key, number), shortened);
      }
      at = end;
    }
  }

  #page(key: Uint8Array, number: number, head: Uint8Array | null, length: number): Uint8Array {
    const headNumber = Math.floor((length - 1) / this.#itemsPerPage);
    const page = number === headNumber ? head : this.#space.get(pageKey(key, number));
    if (page === null) throw new Error(`Page ${number} of a list of ${length} is missing`);
    return page;
  }

  #head(key: Uint8Array): Uint8Array | null {
    return this.#heads.get(binary(key)) ?? this.#space.get(headKey(key));
  }

  #remember(key: Uint8Array, head: Uint8Array): void {
    if (this.#heads.size >= MAX_REMEMBERED) this.#heads.clear();
    this.#heads.set(binary(key), head);
  }
}

/** Heads remembered at once: half a megabyte of heap where pages are 8 KB. */
const MAX_REMEMBERED = 64;

/** Heads and pages set aside differ in the first byte, so that no key can be taken for another's page. */
function headKey(key: Uint8Array): Uint8Array {
  const head = new Uint8Array(1 + key.length);
  head.set(key, 1);
  return head;
}

function pageKey(key: Uint8Array, page: number): Uint8Array {
  return concat(Uint8Array.of(1), key, u32(page));
}
