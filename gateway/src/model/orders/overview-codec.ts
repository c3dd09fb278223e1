import { bodyDecoder, bodyEncoder, c } from '@fabrica/core/candid';
import type { Codec } from '@fabrica/core/store';

import { LedgerBook } from './books.ts';
import type { Overview } from './overview.ts';

const VERSION = 1;
/** Places for counts of states; there are fewer states, and new ones take the next place. */
const COUNTS = 16;
/** Words before the open orders: orders, counts, words of the schedule. */
const HEAD = 1 + COUNTS + 1;

const Books = c.vec(LedgerBook, { max: 100 });

/**
 * How the overview lies in stable memory: 32-bit words, copied natively, then the books as Candid. It is written with
 * every step of every order; as one Candid record it cost 0.28 M instructions each time. Words have the platform's
 * order, little-endian on the Internet Computer and wherever tests run.
 */
export class OverviewCodec implements Codec<Overview> {
  readonly #encodeBooks = bodyEncoder(Books);
  readonly #decodeBooks = bodyDecoder(Books);
  /** The books written last, and their bytes: many steps leave them as they are. */
  #books: { readonly value: Overview['books']; readonly bytes: Uint8Array } | undefined;

  encode({ orders, counts, open, books }: Overview): Uint8Array {
    if (this.#books?.value !== books)
      this.#books = { value: books, bytes: this.#encodeBooks(books) };
    const words = new Uint32Array(HEAD + open.length);
    words[0] = orders;
    words.set(counts, 1);
    words[HEAD - 1] = open.length;
    words.set(open, HEAD);
    const bytes = new Uint8Array(1 + words.byteLength + this.#books.bytes.length);
    bytes[0] = VERSION;
    bytes.set(new Uint8Array(words.buffer), 1);
    bytes.set(this.#books.bytes, 1 + words.byteLength);
    return bytes;
  }

  decode(bytes: Uint8Array): Overview {
    if (bytes[0] !== VERSION) throw new Error(`No reader for stored version ${bytes[0]}`);
    const head = new Uint32Array(bytes.slice(1, 1 + HEAD * 4).buffer);
    const openFrom = 1 + HEAD * 4;
    const openTo = openFrom + head[HEAD - 1]! * 4;
    return {
      orders: head[0]!,
      counts: head.slice(1, 1 + COUNTS),
      open: new Uint32Array(bytes.slice(openFrom, openTo).buffer),
      books: this.#decodeBooks(bytes.subarray(openTo)),
    };
  }
}

/** Counts in which there are no orders. */
export function noCounts(): Uint32Array {
  return new Uint32Array(COUNTS);
}
