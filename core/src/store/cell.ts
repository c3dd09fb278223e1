import type { ByteStore } from './byte-store.ts';
import type { Codec } from './stored.ts';

const KEY = new Uint8Array();

/**
 * One value, kept on the heap once read. Heap and stable memory roll back together, and an upgrade
 * empties the heap, so the copy is never stale.
 */
export class Cell<T> {
  readonly #space: ByteStore;
  readonly #codec: Codec<T>;
  readonly #initial: T | undefined;
  #cached: T | undefined;

  /** @param initial the value while nothing was set. */
  constructor(space: ByteStore, codec: Codec<T>, initial?: T) {
    this.#space = space;
    this.#codec = codec;
    this.#initial = initial;
  }

  /** @throws Error if nothing was set and there is no initial value. */
  get(): T {
    if (this.#cached !== undefined) return this.#cached;
    const bytes = this.#space.get(KEY);
    const value = bytes === null ? this.#initial : this.#codec.decode(bytes);
    if (value === undefined) throw new Error('The cell was read before it was set');
    this.#cached = value;
    return value;
  }

  set(value: T): void {
    this.#space.set(KEY, this.#codec.encode(value));
    this.#cached = value;
  }
}
