import { HASH_BYTES, sha256, sha256After } from '@fabrica/core/crypto';
import { binary } from '@fabrica/core/store';

import type { Value } from '../../icrc3-schema.ts';
import { leb128, sleb128 } from './leb128.ts';

/** Entries of each cache; a cache that is full starts anew. */
const CACHED = 500;

interface Entry {
  readonly order: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly fixed: boolean;
}

const encoder = new TextEncoder();

/**
 * The representation-independent hash of values, as ICRC-3 defines it:
 * https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/HASHINGVALUES.md
 *
 * A compression of SHA-256 costs a canister 0.64 M instructions and a block takes 16 to 24, so what comes
 * again is kept: hashes of texts (keys and operations), of numbers (fees), of accounts, and the state of a
 * map's hash after its first entry where that is a text (the operation of a transaction).
 */
export class ValueHasher {
  readonly #texts = new Map<string, Uint8Array>();
  readonly #numbers = new Map<bigint, Uint8Array>();
  readonly #arrays = new Map<string, Uint8Array>();
  readonly #starts = new Map<string, (rest: Uint8Array) => Uint8Array>();

  /** @returns 32 bytes. */
  hash(value: Value): Uint8Array {
    if ('Nat' in value) return this.#number(value.Nat);
    if ('Blob' in value) return sha256(value.Blob);
    if ('Text' in value) return this.#text(value.Text);
    if ('Array' in value) return this.#array(value.Array);
    if ('Map' in value) return this.#map(value.Map);
    return sha256(sleb128(value.Int));
  }

  #text(text: string): Uint8Array {
    return remembered(this.#texts, text, () => sha256(encoder.encode(text)));
  }

  #number(number: bigint): Uint8Array {
    return remembered(this.#numbers, number, () => sha256(leb128(number)));
  }

  #array(items: readonly Value[]): Uint8Array {
    let name = '';
    for (const item of items) {
      if (!('Blob' in item) || item.Blob.length > HASH_BYTES) return this.#items(items);
      name += String.fromCharCode(item.Blob.length) + binary(item.Blob);
    }
    return remembered(this.#arrays, name, () => this.#items(items));
  }

  #items(items: readonly Value[]): Uint8Array {
    const hashes = new Uint8Array(items.length * HASH_BYTES);
    items.forEach((item, position) => hashes.set(this.hash(item), position * HASH_BYTES));
    return sha256(hashes);
  }

  #map(fields: readonly (readonly [string, Value])[]): Uint8Array {
    const entries = fields.map(([name, value]): Entry => {
      const key = this.#text(name);
      return { order: binary(key), key, value: this.hash(value), fixed: 'Text' in value };
    });
    // Keys differ, so their hashes alone decide. One character a byte compares as bytes do.
    entries.sort((a, b) => (a.order < b.order ? -1 : 1));
    const hashes = new Uint8Array(entries.length * 2 * HASH_BYTES);
    entries.forEach(({ key, value }, position) => {
      hashes.set(key, position * 2 * HASH_BYTES);
      hashes.set(value, (position * 2 + 1) * HASH_BYTES);
    });
    if (entries[0]?.fixed !== true) return sha256(hashes);
    const first = hashes.subarray(0, 2 * HASH_BYTES);
    const start = remembered(this.#starts, binary(first), () => sha256After(first));
    return start(hashes.subarray(2 * HASH_BYTES));
  }
}

function remembered<Key, T>(cache: Map<Key, T>, key: Key, compute: () => T): T {
  let value = cache.get(key);
  if (value === undefined) {
    value = compute();
    if (cache.size >= CACHED) cache.clear();
    cache.set(key, value);
  }
  return value;
}
