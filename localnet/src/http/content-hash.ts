import { createHash } from 'node:crypto';

import { natLeaf } from '../certification/index.ts';

/**
 * The representation-independent hash of a map (interface specification, "Request ids"): SHA-256 of
 * the sorted pairs of the hashes of keys and values. Fields without a value do not count.
 * @throws TypeError for values that have no such hash.
 */
export function hashOfMap(fields: Iterable<readonly [string, unknown]>): Uint8Array {
  const pairs: Buffer[] = [];
  for (const [name, value] of fields) {
    if (value !== undefined) pairs.push(Buffer.concat([sha256(name), hashOf(value)]));
  }
  return sha256(...pairs.sort((a, b) => Buffer.compare(a, b)));
}

function hashOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array || typeof value === 'string') return sha256(value);
  if (typeof value === 'bigint' || typeof value === 'number') return sha256(leb128(BigInt(value)));
  if (Array.isArray(value)) return sha256(...value.map((item) => hashOf(item)));
  if (value instanceof Map) return hashOfMap(value as ReadonlyMap<string, unknown>);
  throw new TypeError(`A ${typeof value} has no representation-independent hash`);
}

function leb128(value: bigint): Uint8Array {
  if (value < 0n) throw new TypeError('A negative number has no representation-independent hash');
  return natLeaf(value);
}

function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
