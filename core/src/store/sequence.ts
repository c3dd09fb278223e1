import type { ByteStore } from './byte-store.ts';
import { readU32, u32 } from './bytes.ts';
import type { Codec } from './stored.ts';

const LENGTH_KEY = new Uint8Array();

/** A dense list, 0 to `length` - 1: grows at its end, changes in place, never shrinks. */
export class Sequence<T> {
  readonly #space: ByteStore;
  readonly #codec: Codec<T>;
  #length: number | undefined;

  constructor(space: ByteStore, codec: Codec<T>) {
    this.#space = space;
    this.#codec = codec;
  }

  get length(): number {
    if (this.#length === undefined) {
      const bytes = this.#space.get(LENGTH_KEY);
      this.#length = bytes === null ? 0 : readU32(bytes);
    }
    return this.#length;
  }

  /** @returns the number of the new entry. */
  append(value: T): number {
    const at = this.length;
    this.#space.set(u32(at), this.#codec.encode(value));
    this.#space.set(LENGTH_KEY, u32(at + 1));
    this.#length = at + 1;
    return at;
  }

  /** @throws RangeError if there is no entry `at`. */
  at(at: number): T {
    const bytes = at < this.length ? this.#space.get(u32(at)) : null;
    if (bytes === null) throw new RangeError(`No entry ${at} among ${this.length}`);
    return this.#codec.decode(bytes);
  }

  /** @throws RangeError if there is no entry `at`. */
  set(at: number, value: T): void {
    if (at >= this.length) throw new RangeError(`No entry ${at} among ${this.length}`);
    this.#space.set(u32(at), this.#codec.encode(value));
  }

  /** The entries from `from` on, `limit` at most. */
  page(from: number, limit: number): T[] {
    const values: T[] = [];
    const end = Math.min(this.length, from + limit);
    for (let at = from; at < end; at += 1) values.push(this.at(at));
    return values;
  }
}
