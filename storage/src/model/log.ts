import { ascii, Cell, u32, type ByteStore } from '@fabrica/core/store';
import { BLOCK_BYTES, sha256After } from '@fabrica/core/crypto';
import { ALL, heldCodec, type Held } from './held.ts';
import { EMPTY, tipCodec, type Tip, type WriterNumber } from './tip.ts';

/** Entries that a log can hold: their numbers are stored in 32 bits. */
export const MAX_ENTRIES = 2 ** 32 - 1;

/** Where an entry stands in the chain; part of the entry, so its hash covers it. */
export interface Place {
  /** Number of the entry, from 0 without gaps. */
  readonly id: bigint;
  /** Hash of the entry before; `GENESIS` for the first. */
  readonly previous: Uint8Array;
}

/** Where a log keeps its state. */
export interface LogSpaces {
  readonly entries: ByteStore;
  readonly tip: ByteStore;
  readonly held: ByteStore;
}

/**
 * Entries that are added and never changed, chained by SHA-256.
 *
 * The hash of an entry is that of {@link domainBlock} and the entry's bytes, and these hold the hash of
 * the entry before. There is no operation that changes an entry, and an entry changed from outside no longer
 * fits the one after it. The oldest entries can be let go of, once an archive holds them.
 *
 * An append is one write and the hash, about 0.64 M instructions for each 64 bytes, whatever the length of the
 * log; {@link commit} is one write more for all appends of a message.
 */
export class Log {
  readonly #entries: ByteStore;
  readonly #stored: Cell<Tip>;
  readonly #held: Cell<Held>;
  readonly #hash: (entry: Uint8Array) => Uint8Array;
  /** The tip after appends that are not committed; gone, as they are, if the message traps. */
  #pending: Tip | null = null;

  /** @param domain what the log is, e.g. `fabrica audit log 1`; see {@link domainBlock}. */
  constructor(spaces: LogSpaces, domain: string) {
    this.#entries = spaces.entries;
    this.#stored = new Cell(spaces.tip, tipCodec, EMPTY);
    this.#held = new Cell(spaces.held, heldCodec, ALL);
    this.#hash = sha256After(domainBlock(domain));
  }

  get tip(): Tip {
    return this.#pending ?? this.#stored.get();
  }

  /** Entries ever appended, which is the number that the next one gets. */
  get length(): number {
    return this.tip.length;
  }

  /** Number of the oldest entry that is here; `length` if none is. */
  get first(): number {
    return this.#held.get().first;
  }

  /** Bytes of the entries that are here. */
  get bytesHere(): number {
    return this.tip.bytes - this.#held.get().bytesBefore;
  }

  /** Where the next entry stands. */
  get place(): Place {
    const { length, hash } = this.tip;
    return { id: BigInt(length), previous: hash };
  }

  /**
   * Lets a log without entries begin in the middle: what is appended goes on after entry `first` - 1.
   *
   * @param previous hash of that entry.
   * @throws Error if there are entries.
   */
  beginAt(first: number, previous: Uint8Array): void {
    if (this.length !== 0) throw new Error('A log that has entries has begun already');
    this.#stored.set({ ...EMPTY, length: first, hash: previous });
    this.#held.set({ first, bytesBefore: 0 });
  }

  /** The hash that an entry gets. */
  hashOf(entry: Uint8Array): Uint8Array {
    return this.#hash(entry);
  }

  /**
   * Adds an entry. It is on record when {@link commit} was called, once, at the end of the message.
   *
   * @param entry its bytes, in which its {@link place} is written.
   * @param hash of the entry, if it is known already.
   * @returns its number.
   * @throws RangeError if the log is full.
   */
  append(entry: Uint8Array, hash = this.#hash(entry)): number {
    const { length, bytes, writers } = this.tip;
    if (length >= MAX_ENTRIES) throw new RangeError(`A log holds at most ${MAX_ENTRIES} entries`);
    this.#entries.set(u32(length), entry);
    this.#pending = { length: length + 1, hash, bytes: bytes + entry.length, writers };
    return length;
  }

  /** Writes down where the log ends now, and what its writers send next. */
  commit(writers: readonly WriterNumber[] = this.tip.writers): void {
    this.#stored.set({ ...this.tip, writers });
    this.#pending = null;
  }

  /**
   * The bytes of an entry.
   *
   * @throws RangeError if there is no such entry here.
   */
  at(id: number): Uint8Array {
    const here = id >= this.first && id < this.length;
    const entry = here ? this.#entries.get(u32(id)) : null;
    if (entry === null)
      throw new RangeError(`No entry ${id} among ${this.first} to ${this.length}`);
    return entry;
  }

  /**
   * Lets go of the entries before `to`. Only for those that an archive holds and has proven; see `Archives`.
   *
   * @param bytes of these entries together.
   */
  release(to: number, bytes: number): void {
    const { first, bytesBefore } = this.#held.get();
    for (let id = first; id < to; id += 1) this.#entries.delete(u32(id));
    this.#held.set({ first: Math.max(first, to), bytesBefore: bytesBefore + bytes });
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
