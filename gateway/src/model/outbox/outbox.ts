import { c } from '@fabrica/core/candid';
import { Cell, Queue, stored, type ByteStore, type Codec } from '@fabrica/core/store';

import { MAX_BATCH } from '../../peers/receipt.ts';

/** Entries held at once. */
export const MAX_HELD = 50_000;
/**
 * Above this the gateway takes no new orders. The rest is for the orders already open: each tells six times at most,
 * and {@link file://../orders/overview.ts} bounds how many are open.
 */
export const HIGH_WATER = 35_000;

const Base = stored(1, c.int);

/** What is to be sent next, and the number of its first entry among those meant for this receiver. */
export interface Batch<T> {
  readonly first: bigint;
  readonly entries: readonly T[];
}

/**
 * What is to be told to a storage canister, durably and in order. Entries are numbered from 0 for each receiver, so
 * that it can skip what a repeated batch brings again; they leave when the receiver has confirmed them.
 */
export class Outbox<T> {
  readonly #queue: Queue<T>;
  /** What to take from an entry's place in the queue to get its number at the present receiver. */
  readonly #base: Cell<bigint>;

  constructor(entries: ByteStore, base: ByteStore, codec: Codec<T>) {
    this.#queue = new Queue(entries, codec, { max: MAX_HELD });
    this.#base = new Cell(base, Base, 0n);
  }

  get size(): number {
    return this.#queue.size;
  }

  /** @throws Error if it is full, which {@link HIGH_WATER} prevents. */
  push(entry: T): void {
    if (!this.#queue.push(entry)) throw new Error('The outbox is full');
  }

  /** The oldest entries. */
  next(): Batch<T> {
    const first = BigInt(this.#queue.popped) - this.#base.get();
    return { first, entries: this.#queue.peekMany(MAX_BATCH) };
  }

  /** Removes what the receiver has: all entries before number `expected`. */
  confirmed(expected: bigint): void {
    const sent = expected + this.#base.get() - BigInt(this.#queue.popped);
    if (sent > 0n) this.#queue.drop(Number(sent));
  }

  /** Numbers what is held, and what comes, from `expected` on: for a new receiver, or one that lost its memory. */
  renumber(expected: bigint): void {
    this.#base.set(BigInt(this.#queue.popped) - expected);
  }
}
