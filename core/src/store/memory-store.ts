import type { ByteStore } from './byte-store.ts';

/** A {@link ByteStore} on the heap, for tests and tools. Counts its operations, so tests can bound them. */
export class MemoryStore implements ByteStore {
  readonly #entries = new Map<string, Uint8Array>();
  readonly operations = { get: 0, set: 0, delete: 0 };

  get size(): number {
    return this.#entries.size;
  }

  /** Bytes held, keys included. */
  get bytes(): number {
    let total = 0;
    for (const [key, value] of this.#entries) total += key.length + value.length;
    return total;
  }

  get(key: Uint8Array): Uint8Array | null {
    this.operations.get += 1;
    const value = this.#entries.get(name(key));
    return value === undefined ? null : value.slice();
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.operations.set += 1;
    this.#entries.set(name(key), value.slice());
  }

  delete(key: Uint8Array): void {
    this.operations.delete += 1;
    this.#entries.delete(name(key));
  }
}

function name(key: Uint8Array): string {
  return String.fromCharCode(...key);
}
