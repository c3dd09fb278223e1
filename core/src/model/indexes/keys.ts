/**
 * The store key `prefix | kind | key`. Kinds share one keyspace; a kind's keys either all end here or all
 * end in a {@link numberedKey}'s four bytes, so keys of different lengths never meet.
 */
export function plainKey(prefix: Uint8Array, kind: number, key: Uint8Array): Uint8Array {
  const out = new Uint8Array(prefix.length + 1 + key.length);
  out.set(prefix);
  out[prefix.length] = kind;
  out.set(key, prefix.length + 1);
  return out;
}

/** The store key `prefix | kind | key | number` with the number as four big-endian bytes. */
export function numberedKey(
  prefix: Uint8Array,
  kind: number,
  key: Uint8Array,
  number: number,
): Uint8Array {
  const end = prefix.length + 1 + key.length;
  const out = new Uint8Array(end + 4);
  out.set(prefix);
  out[prefix.length] = kind;
  out.set(key, prefix.length + 1);
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
