import { c, type Infer } from '@fabrica/core/candid';
import { ascii, Cell, stored, u32, type ByteStore } from '@fabrica/core/store';
import { GENESIS, type Tip } from './hash-tree.ts';
import { BLOCK_BYTES, sha256After } from './sha256.ts';

/** Entries that a log can hold: their numbers are stored in 32 bits. */
export const MAX_ENTRIES = 2 ** 32 - 1;

/** Where an entry stands in the chain; part of the entry, so its hash covers it. */
export interface Place {
  /** Number of the entry, from 0 without gaps. */
  readonly id: bigint;
  /** Hash of the entry before; {@link GENESIS} for the first. */
  readonly previous: Uint8Array;
}

const StoredTip = c.record({ length: c.nat32, hash: c.blob({ max: 32 }), bytes: c.nat64 });
type StoredTip = Infer<typeof StoredTip>;

/**
 * Entries that are added and never changed, chained by SHA-256.
 *
 * The hash of an entry is that of {@link domainBlock} and its body, and the body holds the hash of the
 * entry before. There is no operation that changes or removes an entry, and an entry changed from
 * outside no longer fits the ones after it.
 *
 * An append is two writes and the hash, about 0.65 M instructions for each 64 bytes, whatever the
 * length of the log.
 */
export class Log {
  readonly #entries: ByteStore;
  readonly #tip: Cell<StoredTip>;
  readonly #hash: (body: Uint8Array) => Uint8Array;

  /** @param domain what the log is, e.g. `fabrica audit log 1`; see {@link domainBlock}. */
  constructor(spaces: { entries: ByteStore; tip: ByteStore }, domain: string) {
    this.#entries = spaces.entries;
    const empty = { length: 0, hash: GENESIS, bytes: 0n };
    this.#tip = new Cell(spaces.tip, stored(1, StoredTip), empty);
    this.#hash = sha256After(domainBlock(domain));
  }

  get tip(): Tip {
    return this.#tip.get();
  }

  /** Entries, which is the number that the next one gets. */
  get length(): number {
    return this.#tip.get().length;
  }

  /** Bytes of all entries together. */
  get bytes(): bigint {
    return this.#tip.get().bytes;
  }

  /** Where the next entry stands. */
  get place(): Place {
    const { length, hash } = this.#tip.get();
    return { id: BigInt(length), previous: hash };
  }

  /**
   * Adds an entry.
   *
   * @param body the entry's bytes, in which its {@link place} is written.
   * @returns its number.
   */
  append(body: Uint8Array): number {
    const { length, bytes } = this.#tip.get();
    if (length >= MAX_ENTRIES) throw new RangeError(`A log holds at most ${MAX_ENTRIES} entries`);
    const row = new Uint8Array(body.length + 1);
    row[0] = ROW_VERSION;
    row.set(body, 1);
    this.#entries.set(u32(length), row);
    const hash = this.#hash(body);
    this.#tip.set({ length: length + 1, hash, bytes: bytes + BigInt(body.length) });
    return length;
  }

  /**
   * The bytes of an entry as they were hashed.
   *
   * @throws RangeError if there is no such entry.
   */
  body(id: number): Uint8Array {
    const row = id < this.length ? this.#entries.get(u32(id)) : null;
    if (row === null) throw new RangeError(`No entry ${id} among ${this.length}`);
    if (row[0] !== ROW_VERSION) throw new Error(`No reader for stored version ${row[0]}`);
    return row.subarray(1);
  }
}

const ROW_VERSION = 1;

/**
 * The 64 bytes that every hash of a log begins with: its domain in ASCII, then zeros. They keep one
 * log's entries from passing for another's; as a whole block they cost nothing after the first time.
 *
 * @throws RangeError if `domain` is longer than 64 bytes.
 */
export function domainBlock(domain: string): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(ascii(domain));
  return block;
}
