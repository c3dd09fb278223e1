/** First byte of an entry on the log: which schema its Candid body has. */
export const ENTRY_VERSION = 1;

/**
 * Bytes that every entry's body begins with: its number. Candid orders fields by the hash of their name, and that
 * of `id` is smaller than any name's of three letters or more.
 */
export const ID_BYTES = 8;

const HALF = 2 ** 32;

/**
 * The Candid body of an entry on the log.
 *
 * @throws Error on a version that no release wrote.
 */
export function bodyOf(entry: Uint8Array): Uint8Array {
  if (entry[0] !== ENTRY_VERSION) throw new Error(`No reader for stored version ${entry[0]}`);
  return entry.subarray(1);
}

/** The number of the entry whose body begins at `at`. */
export function idOf(bytes: Uint8Array, at = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * HALF;
}
