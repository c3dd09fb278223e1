/**
 * Stored values are read through typed arrays over the very bytes, so numbers inside them are little-endian,
 * as WebAssembly's memory is. The first byte of every value is its layout's version.
 */
export const VERSION = 1;

/** `bytes` at an address typed arrays of four-byte elements accept: itself, or a copy when it is not. */
export function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
}

/** Throws `Error`: a stored value is of a version this code does not know, so a newer release wrote it. */
export function refuseVersion(value: Uint8Array, what: string): never {
  throw new Error(`stored ${what} has layout version ${value[0]}, this code reads ${VERSION}`);
}

/** True when both hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
