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
    spaces[name] = within(store, number);
  }
  return spaces as { readonly [Name in keyof Names]: ByteStore };
}

/**
 * The part of a store whose keys begin with `prefix`, without it. A part of a part has one longer prefix, so
 * that a key is put together once, however deep it lies.
 */
export function within(store: ByteStore, ...prefix: readonly number[]): ByteStore {
  return store instanceof Keyspace
    ? new Keyspace(store.store, Uint8Array.of(...store.prefix, ...prefix))
    : new Keyspace(store, Uint8Array.of(...prefix));
}

/** Bytes to put keys together in, by length. */
const scratch = new Map<number, Uint8Array>();
/** Longer keys get bytes of their own. */
const MAX_SCRATCH = 128;

class Keyspace implements ByteStore {
  // Not `#private`, and the key's bytes used again: a key is made for every access, and was a tenth of its cost.
  readonly store: ByteStore;
  readonly prefix: Uint8Array;

  constructor(store: ByteStore, prefix: Uint8Array) {
    this.store = store;
    this.prefix = prefix;
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.store.get(prefixed(this.prefix, key));
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.store.set(prefixed(this.prefix, key), value);
  }

  delete(key: Uint8Array): void {
    this.store.delete(prefixed(this.prefix, key));
  }
}

/** Prefix and key, in bytes that the next key of this length overwrites: stores copy keys, or only compare them. */
function prefixed(prefix: Uint8Array, key: Uint8Array): Uint8Array {
  const length = prefix.length + key.length;
  let bytes = scratch.get(length);
  if (bytes === undefined) {
    bytes = new Uint8Array(length);
    if (length <= MAX_SCRATCH) scratch.set(length, bytes);
  }
  bytes.set(prefix);
  bytes.set(key, prefix.length);
  return bytes;
}
