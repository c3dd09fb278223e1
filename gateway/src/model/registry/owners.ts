import { binary, concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

const VERSION = 1;
/** Entries of a bucket after which another bucket is added. */
const FULL = 16;
/** Four bytes of counter, and two that are the same for all canisters. */
const COUNTER_FROM_END = 6;
/** Buckets kept on the heap. */
const MAX_RECENT = 500;
/** Under the empty key: version, number of buckets (4 bytes). */
const SIZE_KEY = new Uint8Array();

/**
 * Which factory each contract is of, by the factory's place.
 *
 * An entry of its own costs 130 to 210 bytes in the stable map, for 12 of content; so entries share buckets, by linear
 * hashing (Litwin, 1980): a bucket too full adds one bucket, and one bucket is divided, in their order. A look-up is
 * one read; an entry takes some 25 bytes.
 *
 * A bucket: version, then for each contract the length of its id, the id, the place.
 */
export class Owners {
  readonly #space: ByteStore;
  readonly #recent = new Map<number, Uint8Array>();
  #buckets = 0;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** The place of the contract's factory, or `null` if nobody claimed it. */
  placeOf(contract: Uint8Array): number | null {
    return findIn(this.#read(this.#bucketOf(contract)), contract);
  }

  /** Notes the factory of a contract, unless somebody claimed it before. */
  claim(contract: Uint8Array, place: number): void {
    if (this.placeOf(contract) === null) this.add(contract, place);
  }

  /** The same, for a contract that is known to be claimed by nobody. */
  add(contract: Uint8Array, place: number): void {
    const number = this.#bucketOf(contract);
    const bucket = concat(this.#read(number), keyed(contract), Uint8Array.of(place));
    this.#write(number, bucket);
    if (bucket.length > FULL * (contract.length + 2)) this.#grow();
  }

  /** Adds a bucket, and moves to it what belongs there of the one that is divided. */
  #grow(): void {
    const added = this.#size();
    const half = floorPowerOf2(added);
    const divided = added - half;
    const stay: Uint8Array[] = [Uint8Array.of(VERSION)];
    const move: Uint8Array[] = [Uint8Array.of(VERSION)];
    const bucket = this.#read(divided);
    for (let at = 1, end: number; at < bucket.length; at = end) {
      const length = bucket[at]!;
      end = at + 2 + length;
      const moves = (hashAt(bucket, end - 1, length) & half) !== 0;
      (moves ? move : stay).push(bucket.subarray(at, end));
    }
    this.#write(divided, concat(...stay));
    this.#write(added, concat(...move));
    this.#buckets = added + 1;
    this.#space.set(SIZE_KEY, concat(Uint8Array.of(VERSION), u32(this.#buckets)));
  }

  #bucketOf(contract: Uint8Array): number {
    const size = this.#size();
    const half = floorPowerOf2(size);
    const number = hashAt(contract, contract.length, contract.length) & (2 * half - 1);
    return number < size ? number : number & (half - 1);
  }

  /** How many buckets there are, one at least. */
  #size(): number {
    if (this.#buckets === 0) {
      const bytes = this.#space.get(SIZE_KEY);
      this.#buckets = bytes === null ? 1 : readU32(versioned(bytes), 1);
    }
    return this.#buckets;
  }

  #read(number: number): Uint8Array {
    const recent = this.#recent.get(number);
    if (recent !== undefined) return recent;
    const bytes = this.#space.get(u32(number));
    return this.#keep(number, bytes === null ? Uint8Array.of(VERSION) : versioned(bytes));
  }

  #write(number: number, bytes: Uint8Array): void {
    this.#space.set(u32(number), bytes);
    this.#keep(number, bytes);
  }

  #keep(number: number, bytes: Uint8Array): Uint8Array {
    if (this.#recent.size >= MAX_RECENT) this.#recent.clear();
    this.#recent.set(number, bytes);
    return bytes;
  }
}

/** The place of a contract in its bucket, or `null`. */
function findIn(bucket: Uint8Array, contract: Uint8Array): number | null {
  const wanted = binary(keyed(contract));
  const text = binary(bucket);
  for (let at = text.indexOf(wanted, 1); at !== -1; at = text.indexOf(wanted, at + 1)) {
    // The same bytes may begin within an entry.
    if (isEntry(bucket, at)) return bucket[at + wanted.length]!;
  }
  return null;
}

function keyed(contract: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(contract.length), contract);
}

/** True if an entry begins there. */
function isEntry(bucket: Uint8Array, wanted: number): boolean {
  let at = 1;
  while (at < wanted) at += 2 + bucket[at]!;
  return at === wanted;
}

/**
 * Spreads ids over 31 bits by what tells canisters apart: the end of their counter, which stands before the last two
 * bytes. Ids come from the platform, so nobody can choose them to fill one bucket.
 *
 * @param end where the id ends.
 * @param length how long it is; ids too short to have a counter, which no canister has, share a bucket.
 */
function hashAt(bytes: Uint8Array, end: number, length: number): number {
  if (length < COUNTER_FROM_END) return 0;
  const counter = readU32(bytes, end - COUNTER_FROM_END);
  const mixed = Math.imul(counter ^ (counter >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) & 0x7fff_ffff;
}

function floorPowerOf2(value: number): number {
  return 2 ** (31 - Math.clz32(value));
}

function versioned(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== VERSION) throw new Error(`No reader for stored version ${bytes[0]}`);
  return bytes;
}
