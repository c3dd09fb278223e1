import { bodyEncoder, c, EncodedVec, type Schema } from '@fabrica/core/candid';
import { Cell, stored, u32, type ByteStore } from '@fabrica/core/store';

import { countOf, emptyPage, entriesFrom, PAGE_ENTRIES, withEntry, type Page } from './pages.ts';

/**
 * Above this many entries the gateway takes no new orders. Those already open add six each at most, and their number
 * is bounded: see {@link file://../orders/overview.ts}.
 */
export const HIGH_WATER = 35_000;

/** What is to be sent next, and the number of its first entry among those meant for this receiver. */
export interface Batch<T> {
  readonly first: bigint;
  readonly count: number;
  readonly entries: EncodedVec<T>;
}

/** Where the outbox begins, and how its entries are numbered. Changes only when entries leave. */
const Head = c.record({
  /** Entries that ever left; their pages are gone, but for the one the next entry stands in. */
  left: c.nat64,
  /** What to take from an entry's place among all to get its number at the present receiver. */
  base: c.int,
});

/**
 * What is to be told to a storage canister, durably and in order. Entries are numbered from 0 for each receiver, so
 * that it can skip what a repeated batch brings again; they leave when the receiver has confirmed them.
 *
 * Entry `n` of all stands in page `n / 50`. Adding one writes that page; entries that leave write the head, and delete
 * a page when it is used up.
 */
export class Outbox<T> {
  readonly #schema: Schema<T, unknown>;
  readonly #encode: (entry: T) => Uint8Array;
  readonly #pages: ByteStore;
  readonly #head: Cell<{ readonly left: bigint; readonly base: bigint }>;
  /** How many entries there ever were, and the page the next one goes to; found anew after an upgrade. */
  #tail: { readonly count: number; readonly page: Page } | undefined;

  constructor(pages: ByteStore, head: ByteStore, schema: Schema<T, unknown>) {
    this.#schema = schema;
    this.#encode = bodyEncoder(schema) as (entry: T) => Uint8Array;
    this.#pages = pages;
    this.#head = new Cell(head, stored(1, Head), { left: 0n, base: 0n });
  }

  get size(): number {
    return this.#end().count - this.#left;
  }

  push(entry: T): void {
    const { count, page } = this.#end();
    const next = withEntry(page, this.#encode(entry));
    this.#pages.set(u32(pageOf(count)), next);
    const full = (count + 1) % PAGE_ENTRIES === 0;
    this.#tail = { count: count + 1, page: full ? emptyPage() : next };
  }

  /** The oldest entries: what is left of their page. */
  next(): Batch<T> {
    const left = this.#left;
    const { count, page: last } = this.#end();
    const at = pageOf(left);
    const page = at === pageOf(count) ? last : this.#read(at);
    const from = left % PAGE_ENTRIES;
    const entries = countOf(page) - from;
    return {
      first: BigInt(left) - this.#head.get().base,
      count: entries,
      entries: new EncodedVec(this.#schema, entries, entriesFrom(page, from)),
    };
  }

  /** Removes what the receiver has: all entries before number `expected`. */
  confirmed(expected: bigint): void {
    const { left, base } = this.#head.get();
    const { count } = this.#end();
    const now = Math.min(Number(expected + base), count);
    if (now <= left) return;
    for (let page = pageOf(Number(left)); page < pageOf(now); page += 1)
      this.#pages.delete(u32(page));
    this.#head.set({ left: BigInt(now), base });
  }

  /** Numbers what is held, and what comes, from `expected` on: for a new receiver, or one that lost its memory. */
  renumber(expected: bigint): void {
    const { left } = this.#head.get();
    this.#head.set({ left, base: left - expected });
  }

  get #left(): number {
    return Number(this.#head.get().left);
  }

  #end(): { readonly count: number; readonly page: Page } {
    this.#tail ??= this.#find();
    return this.#tail;
  }

  /** Walks from the first page to the last: one read for fifty entries held, once after an upgrade. */
  #find(): { readonly count: number; readonly page: Page } {
    for (let at = pageOf(this.#left); ; at += 1) {
      const page = this.#pages.get(u32(at)) ?? emptyPage();
      const count = countOf(page);
      if (count < PAGE_ENTRIES) return { count: at * PAGE_ENTRIES + count, page };
    }
  }

  #read(at: number): Page {
    const page = this.#pages.get(u32(at));
    if (page === null) throw new Error(`Page ${at} of the outbox is missing`);
    return page;
  }
}

function pageOf(entry: number): number {
  return Math.floor(entry / PAGE_ENTRIES);
}
