import { HASH_BYTES } from '@fabrica/core/crypto';
import type { Codec } from '@fabrica/core/store';

/** The number that a writer gives the next event he reports. */
export interface WriterNumber {
  readonly writer: Uint8Array;
  readonly next: bigint;
}

/** Where a log ends. */
export interface Tip {
  /** Entries ever appended, so the number that the next one gets. Range: 0 to 2^32 - 1. */
  readonly length: number;
  /** Hash of the last entry; {@link GENESIS} while there is none. */
  readonly hash: Uint8Array;
  /** Bytes of all entries together. */
  readonly bytes: number;
  /** The writers who reported last; at most {@link MAX_WRITERS_HERE}. They change with every entry, as the tip does. */
  readonly writers: readonly WriterNumber[];
}

/** Writers whose numbers are kept with the tip; as many as a whitelist names. */
export const MAX_WRITERS_HERE = 32;

/** What the first entry names as the hash before it. */
export const GENESIS = new Uint8Array(HASH_BYTES);

/** The tip of a log without entries. */
export const EMPTY: Tip = { length: 0, hash: GENESIS, bytes: 0, writers: [] };

/** The first version had no writers; theirs stood in a table. */
const WITHOUT_WRITERS = 1;
const VERSION = 2;
const HASH_AT = 13;
const WRITERS_AT = HASH_AT + HASH_BYTES;
/** Of a writer: length of the principal, then the number. */
const NUMBER_BYTES = 8;

/**
 * How a tip is stored: version, length (32 bits), bytes (64 bits), hash, then for each writer the length of his
 * principal, the principal and his number (64 bits). Written by hand because it is written with every entry, and
 * takes a third of what Candid takes.
 */
export const tipCodec: Codec<Tip> = {
  encode({ length, hash, bytes, writers }) {
    let size = WRITERS_AT;
    for (const { writer } of writers) size += 1 + writer.length + NUMBER_BYTES;
    const stored = new Uint8Array(size);
    const view = new DataView(stored.buffer);
    stored[0] = VERSION;
    view.setUint32(1, length);
    view.setBigUint64(5, BigInt(bytes));
    stored.set(hash, HASH_AT);
    let at = WRITERS_AT;
    for (const { writer, next } of writers) {
      stored[at] = writer.length;
      stored.set(writer, at + 1);
      at += 1 + writer.length;
      view.setBigUint64(at, next);
      at += NUMBER_BYTES;
    }
    return stored;
  },
  decode(stored) {
    if (stored[0] !== VERSION && stored[0] !== WITHOUT_WRITERS) {
      throw new Error(`No reader for stored version ${stored[0]}`);
    }
    const view = new DataView(stored.buffer, stored.byteOffset);
    const writers: WriterNumber[] = [];
    for (let at = WRITERS_AT; at < stored.length; ) {
      const end = at + 1 + stored[at]!;
      writers.push({ writer: stored.slice(at + 1, end), next: view.getBigUint64(end) });
      at = end + NUMBER_BYTES;
    }
    return {
      length: view.getUint32(1),
      hash: stored.slice(HASH_AT, WRITERS_AT),
      bytes: Number(view.getBigUint64(5)),
      writers,
    };
  },
};
