/** The store key `key | number`, the number as four big-endian bytes. */
export function numberedKey(key: Uint8Array, number: number): Uint8Array {
  const end = key.length;
  const out = new Uint8Array(end + 4);
  out.set(key);
  out[end] = number >>> 24;
  out[end + 1] = number >>> 16;
  out[end + 2] = number >>> 8;
  out[end + 3] = number;
  return out;
}

/** The bytes of a key as a string, one character a byte: a name for it in a `Map`. */
export function keyName(key: Uint8Array): string {
  // `apply` reads the bytes natively; a spread would walk an iterator at a loop step a byte.
  return String.fromCharCode.apply(null, key as unknown as number[]);
}
