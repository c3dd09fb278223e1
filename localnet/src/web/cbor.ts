import { decode, encode } from 'cborg';

/** Tag "self-described CBOR", which the interface specification puts before every body. */
const SELF_DESCRIBED = 55_799;
const SELF_DESCRIBED_HEADER = Uint8Array.of(0xd9, 0xd9, 0xf7);

const TAGS: ((inner: unknown) => unknown)[] = [];
TAGS[SELF_DESCRIBED] = (inner) => inner;

/** A map of decoded CBOR. */
export type CborMap = ReadonlyMap<string, unknown>;

/**
 * Decodes CBOR. Maps become `Map`, 64-bit integers beyond 2^53 `bigint`. Lengths and integers need not
 * be in their shortest form, as for the replica.
 * @throws Error if it is not valid, repeats a key, or nests deeper than the stack.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  return decode(bytes, { useMaps: true, rejectDuplicateMapKeys: true, tags: TAGS }) as unknown;
}

/** Encodes objects, arrays, texts, bytes, integers and bigints, self-described. */
export function encodeCbor(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.concat([SELF_DESCRIBED_HEADER, encode(value)]));
}
