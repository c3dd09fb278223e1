import type { ByteStore } from './byte-store.ts';
import type { Codec } from './stored.ts';

/** Values by key. */
export class Table<T> {
  readonly #space: ByteStore;
  readonly #codec: Codec<T>;

  constructor(space: ByteStore, codec: Codec<T>) {
    this.#space = space;
    this.#codec = codec;
  }

  get(key: Uint8Array): T | null {
    const bytes = this.#space.get(key);
    return bytes === null ? null : this.#codec.decode(bytes);
  }

  has(key: Uint8Array): boolean {
    return this.#space.get(key) !== null;
  }

  set(key: Uint8Array, value: T): void {
    this.#space.set(key, this.#codec.encode(value));
  }

  delete(key: Uint8Array): void {
    this.#space.delete(key);
  }
}
