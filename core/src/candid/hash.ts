/**
 * The number that stands for a label on the wire: the sum of its UTF-8 bytes times powers of 223, modulo 2^32
 * (Candid specification, "Shorthand: symbolic field ids").
 */
export function idlHash(label: string): number {
  // The label's UTF-8 bytes as characters: native, where the canister's TextEncoder is JavaScript.
  const bytes = unescape(encodeURIComponent(label));
  let hash = 0;
  for (let i = 0; i < bytes.length; i++) hash = (Math.imul(hash, 223) + bytes.charCodeAt(i)) >>> 0;
  return hash;
}

/** {@link idlHash}, but labels of the form `_7_` stand for the number itself, as in `@dfinity/candid`. */
export function labelId(label: string): number {
  if (label.startsWith('_') && NUMERIC.test(label)) {
    const id = Number(label.slice(1, -1));
    if (id < 2 ** 32) return id;
  }
  return idlHash(label);
}

const NUMERIC = /^_(\d+|0x[0-9a-fA-F]+)_$/;
