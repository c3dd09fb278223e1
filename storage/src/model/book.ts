import { bodyDecoder, bodyEncoder, type Schema } from '@fabrica/core/candid';
import { readU64, u64 } from '@fabrica/core/store';
import { bodyOf, ENTRY_VERSION } from './entry-bytes.ts';
import type { Index, Leaving } from './indexes.ts';
import type { Log, Place } from './log.ts';
import type { PagedLists } from './paged-lists.ts';

/** What a storage adds to everything it records. */
export interface Recorded extends Place {
  /** Nanoseconds since the epoch, by the storage's clock; never falls from entry to entry. */
  readonly recordedAt: bigint;
  readonly writer: Uint8Array;
}

/** What a book is made of besides its log. */
export interface Contents<Entry> {
  readonly schema: Schema<Entry, unknown>;
  readonly indexes: readonly Index<Entry>[];
  /** Takes the times of entries that leave, eight bytes each. */
  readonly times: PagedLists;
  /** Whom an entry concerns. */
  readonly ownerOf: (entry: Entry) => Uint8Array | null;
}

/** The one list of `times`: a place in it is the number of an entry. */
const TIMES = new Uint8Array();

/** Entries on a log, and the indexes that find them. */
export class Book<Entry extends Recorded> {
  readonly log: Log;
  readonly schema: Schema<Entry, unknown>;
  readonly ownerOf: (entry: Entry) => Uint8Array | null;
  readonly #indexes: readonly Index<Entry>[];
  readonly #times: PagedLists;
  readonly #encode: (entry: Entry) => Uint8Array;
  readonly #decode: (body: Uint8Array) => Entry;

  constructor(log: Log, { schema, indexes, times, ownerOf }: Contents<Entry>) {
    this.log = log;
    this.schema = schema;
    this.ownerOf = ownerOf;
    this.#indexes = indexes;
    this.#times = times;
    this.#encode = bodyEncoder(schema, Uint8Array.of(ENTRY_VERSION));
    this.#decode = bodyDecoder(schema);
  }

  /** Appends an entry that was made for the log's next place. */
  add(entry: Entry): void {
    const bytes = this.#encode(entry);
    const id = this.log.append(bytes);
    const body = bytes.subarray(1);
    for (const index of this.#indexes) index.add(entry, id, body);
  }

  /** @throws RangeError if there is no such entry here. */
  read(id: number): Entry {
    return this.decode(this.log.at(id));
  }

  /** @throws Error if the bytes are not an entry. */
  decode(entry: Uint8Array): Entry {
    return this.#decode(bodyOf(entry));
  }

  /** When an entry was recorded, also if it was archived from here. */
  recordedAt(id: number): bigint {
    if (id >= this.log.first) return this.read(id).recordedAt;
    return readU64(this.#times.page(TIMES, id + 1, 1).bytes);
  }

  /**
   * Lets go of the entries before `to`, which an archive holds. What stays of each is its number in every index,
   * and its time.
   */
  release(to: number): void {
    const leaving: Leaving<Entry>[] = [];
    let bytes = 0;
    for (let id = this.log.first; id < to; id += 1) {
      const stored = this.log.at(id);
      const entry = this.decode(stored);
      bytes += stored.length;
      leaving.push({ id, entry });
      this.#times.append(TIMES, u64(entry.recordedAt));
    }
    for (const index of this.#indexes) index.release(leaving);
    this.log.release(to, bytes);
  }
}
