import { binary, concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

/** Keys of a chunk; a fuller one is halved. */
const MAX_KEYS = 32;
const ID_BYTES = 4;

/*
 * Under `<list>` its directory: for each chunk the key it begins at and its number (4 bytes), in order. Under
 * `<list><number>` the keys of a chunk, in order. Chunks are never joined: one that lost all its keys stays.
 */

/**
 * Lists of distinct keys of one width, each list in the order of its keys' bytes. The store itself has no order.
 * Adding and removing cost 2 gets and a set, or 3 sets where a chunk is halved.
 */
export class SortedKeys {
  readonly #store: ByteStore;
  readonly #width: number;

  /** @param width bytes of every key. */
  constructor(store: ByteStore, width: number) {
    this.#store = store;
    this.#width = width;
  }

  /** @param list the list's name; no name may begin another. Adding a key that is there changes nothing. */
  add(list: Uint8Array, key: Uint8Array): void {
    const directory = this.#store.get(list);
    if (directory === null) {
      // The first chunk begins before all keys.
      this.#store.set(list, concat(new Uint8Array(this.#width), u32(0)));
      this.#store.set(concat(list, u32(0)), key);
      return;
    }
    const entry = this.#chunkOf(directory, key);
    const id = this.#id(directory, entry);
    const keys = this.#keys(list, id);
    const at = this.#position(keys, key, this.#width);
    if (this.#is(keys, at, key)) return;
    const offset = at * this.#width;
    const grown = concat(keys.subarray(0, offset), key, keys.subarray(offset));
    if (grown.length <= MAX_KEYS * this.#width) {
      this.#store.set(concat(list, id), grown);
      return;
    }
    const half = (MAX_KEYS / 2) * this.#width;
    const end = (entry + 1) * this.#entryBytes;
    const added = u32(directory.length / this.#entryBytes);
    this.#store.set(concat(list, id), grown.subarray(0, half));
    this.#store.set(concat(list, added), grown.subarray(half));
    const begins = grown.subarray(half, half + this.#width);
    this.#store.set(
      list,
      concat(directory.subarray(0, end), begins, added, directory.subarray(end)),
    );
  }

  /** Removing a key that is not there changes nothing. */
  remove(list: Uint8Array, key: Uint8Array): void {
    const directory = this.#store.get(list);
    if (directory === null) return;
    const id = this.#id(directory, this.#chunkOf(directory, key));
    const keys = this.#keys(list, id);
    const at = this.#position(keys, key, this.#width);
    if (!this.#is(keys, at, key)) return;
    const offset = at * this.#width;
    const left = concat(keys.subarray(0, offset), keys.subarray(offset + this.#width));
    this.#store.set(concat(list, id), left);
  }

  /** The keys of a list from `first` on, itself included. Costs a get, and one for each chunk reached. */
  *from(list: Uint8Array, first: Uint8Array): Generator<Uint8Array> {
    const directory = this.#store.get(list);
    if (directory === null) return;
    const chunks = directory.length / this.#entryBytes;
    for (let entry = this.#chunkOf(directory, first); entry < chunks; entry += 1) {
      const keys = this.#keys(list, this.#id(directory, entry));
      let at = this.#position(keys, first, this.#width) * this.#width;
      for (; at < keys.length; at += this.#width) yield keys.slice(at, at + this.#width);
    }
  }

  get #entryBytes(): number {
    return this.#width + ID_BYTES;
  }

  /** The entry of the chunk where `key` belongs: the last that begins at it or before. */
  #chunkOf(directory: Uint8Array, key: Uint8Array): number {
    const after = this.#position(directory, key, this.#entryBytes);
    const begins = after * this.#entryBytes;
    const exact =
      begins < directory.length &&
      binary(directory.subarray(begins, begins + this.#width)) === binary(key);
    return exact ? after : after - 1;
  }

  #id(directory: Uint8Array, entry: number): Uint8Array {
    return u32(readU32(directory, entry * this.#entryBytes + this.#width));
  }

  #keys(list: Uint8Array, id: Uint8Array): Uint8Array {
    const keys = this.#store.get(concat(list, id));
    if (keys === null) throw new Error('A chunk of sorted keys is missing');
    return keys;
  }

  /** How many of the keys, one each `step` bytes, are less than `key`. */
  #position(bytes: Uint8Array, key: Uint8Array, step: number): number {
    const name = binary(key);
    let [low, high] = [0, bytes.length / step];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle * step;
      if (binary(bytes.subarray(at, at + this.#width)) < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #is(keys: Uint8Array, at: number, key: Uint8Array): boolean {
    const found = keys.subarray(at * this.#width, (at + 1) * this.#width);
    return found.length > 0 && binary(found) === binary(key);
  }
}
