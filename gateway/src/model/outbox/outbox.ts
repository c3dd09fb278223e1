import { bodyEncoder, c, EncodedVec, type Schema } from '@fabrica/core/candid';
import { Cell, concat, Queue, stored, type ByteStore, type Codec } from '@fabrica/core/store';

import { MAX_BATCH } from '../../peers/receipt.ts';

/** Entries held at once. */
export const MAX_HELD = 50_000;
/**
 * Above this the gateway takes no new orders. The rest is for the orders already open: each tells six times at most,
 * and {@link file://../orders/overview.ts} bounds how many are open.
 */
export const HIGH_WATER = 35_000;

const Base = stored(1, c.int);

/** Version of an entry's stored form, in front of its Candid body. */
const VERSION = Uint8Array.of(1);

/** Entries are held as the bytes they will be sent as: decoding and encoding them again would double their cost. */
const asBytes: Codec<Uint8Array> = { encode: (bytes) => bytes, decode: (bytes) => bytes };

/** What is to be sent next, and the number of its first entry among those meant for this receiver. */
export interface Batch<T> {
  readonly first: bigint;
  readonly count: number;
  readonly entries: EncodedVec<T>;
}

/**
 * What is to be told to a storage canister, durably and in order. Entries are numbered from 0 for each receiver, so
 * that it can skip what a repeated batch brings again; they leave when the receiver has confirmed them.
 */
export class Outbox<T> {
  readonly #schema: Schema<T, unknown>;
  readonly #encode: (entry: T) => Uint8Array;
  readonly #queue: Queue<Uint8Array>;
  /** What to take from an entry's place in the queue to get its number at the present receiver. */
  readonly #base: Cell<bigint>;

  constructor(entries: ByteStore, base: ByteStore, schema: Schema<T, unknown>) {
    this.#schema = schema;
    this.#encode = bodyEncoder(schema, VERSION) as (entry: T) => Uint8Array;
    this.#queue = new Queue(entries, asBytes, { max: MAX_HELD });
    this.#base = new Cell(base, Base, 0n);
  }

  get size(): number {
    return this.#queue.size;
  }

  /** @throws Error if it is full, which {@link HIGH_WATER} prevents. */
  push(entry: T): void {
    if (!this.#queue.push(this.#encode(entry))) throw new Error('The outbox is full');
  }

  /** The oldest entries. */
  next(): Batch<T> {
    const first = BigInt(this.#queue.popped) - this.#base.get();
    const bodies = this.#queue.peekMany(MAX_BATCH).map(bodyOf);
    const entries = new EncodedVec(this.#schema, bodies.length, concat(...bodies));
    return { first, count: bodies.length, entries };
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

function bodyOf(stored: Uint8Array): Uint8Array {
  if (stored[0] !== VERSION[0]) throw new Error(`No reader for stored version ${stored[0]}`);
  return stored.subarray(1);
}
