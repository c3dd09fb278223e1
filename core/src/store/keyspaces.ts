import type { ByteStore } from './byte-store.ts';

/**
 * One store shared by many: each name gets a view whose keys begin with its number.
 *
 * The numbers are part of the stored data: the list is append-only, and a number is never used again
 * for something else (guideline M6).
 *
 * @throws Error if two names share a number or a number does not fit a byte.
 */
export function keyspaces<const Names extends Readonly<Record<string, number>>>(
  store: ByteStore,
  names: Names,
): { readonly [Name in keyof Names]: ByteStore } {
  const taken = new Set<number>();
  const spaces: Record<string, ByteStore> = {};
  for (const [name, number] of Object.entries(names)) {
    if (!Number.isInteger(number) || number < 0 || number > 255 || taken.has(number)) {
      throw new Error(`Keyspace ${name} needs a number of its own between 0 and 255`);
    }
    taken.add(number);
    spaces[name] = new Keyspace(store, number);
  }
  return spaces as { readonly [Name in keyof Names]: ByteStore };
}

class Keyspace implements ByteStore {
  readonly #store: ByteStore;
  readonly #number: number;

  constructor(store: ByteStore, number: number) {
    this.#store = store;
    this.#number = number;
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#store.get(this.#prefixed(key));
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.#store.set(this.#prefixed(key), value);
  }

  delete(key: Uint8Array): void {
    this.#store.delete(this.#prefixed(key));
  }

  #prefixed(key: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(key.length + 1);
    bytes[0] = this.#number;
    bytes.set(key, 1);
    return bytes;
  }
}
