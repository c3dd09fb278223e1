import { ascii, Cell, u32, type ByteStore } from '@fabrica/core/store';
import { BLOCK_BYTES, sha256After } from '@fabrica/core/crypto';
import { EMPTY, tipCodec, type Tip } from './tip.ts';

/** Entries that a log can hold: their numbers are stored in 32 bits. */
export const MAX_ENTRIES = 2 ** 32 - 1;

/** Where an entry stands in the chain; part of the entry, so its hash covers it. */
export interface Place {
  /** Number of the entry, from 0 without gaps. */
  readonly id: bigint;
  /** Hash of the entry before; `GENESIS` for the first. */
  readonly previous: Uint8Array;
}

/**
 * Entries that are added and never changed, chained by SHA-256.
 *
 * The hash of an entry is that of {@link domainBlock} and the entry's bytes, and these hold the hash of
 * the entry before. There is no operation that changes or removes an entry, and an entry changed from
 * outside no longer fits the one after it.
 *
 * An append is two writes and the hash, about 0.64 M instructions for each 64 bytes, whatever the
 * length of the log.
 */
export class Log {
  readonly #entries: ByteStore;
  readonly #tip: Cell<Tip>;
  readonly #hash: (entry: Uint8Array) => Uint8Array;

  /** @param domain what the log is, e.g. `fabrica audit log 1`; see {@link domainBlock}. */
  constructor(spaces: { entries: ByteStore; tip: ByteStore }, domain: string) {
    this.#entries = spaces.entries;
    this.#tip = new Cell(spaces.tip, tipCodec, EMPTY);
    this.#hash = sha256After(domainBlock(domain));
  }

  get tip(): Tip {
    return this.#tip.get();
  }

  /** Entries, which is the number that the next one gets. */
  get length(): number {
    return this.#tip.get().length;
  }

  /** Where the next entry stands. */
  get place(): Place {
    const { length, hash } = this.#tip.get();
    return { id: BigInt(length), previous: hash };
  }

  /**
   * Adds an entry.
   *
   * @param entry its bytes, in which its {@link place} is written.
   * @returns its number.
   * @throws RangeError if the log is full.
   */
  append(entry: Uint8Array): number {
    const { length, bytes } = this.#tip.get();
    if (length >= MAX_ENTRIES) throw new RangeError(`A log holds at most ${MAX_ENTRIES} entries`);
    this.#entries.set(u32(length), entry);
    const hash = this.#hash(entry);
    this.#tip.set({ length: length + 1, hash, bytes: bytes + entry.length });
    return length;
  }

  /**
   * The bytes of an entry.
   *
   * @throws RangeError if there is no such entry.
   */
  at(id: number): Uint8Array {
    const entry = id < this.length ? this.#entries.get(u32(id)) : null;
    if (entry === null) throw new RangeError(`No entry ${id} among ${this.length}`);
    return entry;
  }
}

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
