import { bodyDecoder, bodyEncoder, type Schema } from '@fabrica/core/candid';
import type { Index } from './indexes.ts';
import type { Log, Place } from './log.ts';

/** What a storage adds to everything it records. */
export interface Recorded extends Place {
  /** Nanoseconds since the epoch, by the storage's clock; never falls from entry to entry. */
  readonly recordedAt: bigint;
  readonly writer: Uint8Array;
}

/** First byte of an entry on the log: which schema its Candid body has. */
export const ENTRY_VERSION = 1;

/** Entries on a log, and the indexes that find them. */
export class Book<Entry extends Recorded> {
  readonly log: Log;
  readonly schema: Schema<Entry, unknown>;
  readonly #indexes: readonly Index<Entry>[];
  readonly #encode: (entry: Entry) => Uint8Array;
  readonly #decode: (body: Uint8Array) => Entry;

  constructor(log: Log, schema: Schema<Entry, unknown>, indexes: readonly Index<Entry>[]) {
    this.log = log;
    this.schema = schema;
    this.#indexes = indexes;
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

  /** @throws RangeError if there is no such entry. */
  read(id: number): Entry {
    return this.#decode(bodyOf(this.log.at(id)));
  }
}

/**
 * The Candid body of an entry on the log.
 *
 * @throws Error on a version that no release wrote.
 */
export function bodyOf(entry: Uint8Array): Uint8Array {
  if (entry[0] !== ENTRY_VERSION) throw new Error(`No reader for stored version ${entry[0]}`);
  return entry.subarray(1);
}
