import { bodyDecoder, bodyEncoder, type Schema } from '@fabrica/core/candid';
import type { Index } from './indexes.ts';
import type { Log, Place } from './log.ts';

/** What a storage adds to everything it records. */
export interface Recorded extends Place {
  /** Nanoseconds since the epoch, by the storage's clock; never falls from entry to entry. */
  readonly recordedAt: bigint;
  readonly writer: Uint8Array;
}

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
    this.#encode = bodyEncoder(schema);
    this.#decode = bodyDecoder(schema);
  }

  /** Appends an entry that was made for the log's next place. */
  add(entry: Entry): void {
    const body = this.#encode(entry);
    const id = this.log.append(body);
    for (const index of this.#indexes) index.add(entry, id, body);
  }

  /** @throws RangeError if there is no such entry. */
  read(id: number): Entry {
    return this.#decode(this.log.body(id));
  }
}
