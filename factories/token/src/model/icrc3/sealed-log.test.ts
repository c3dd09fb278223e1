import { createHash } from 'node:crypto';

import { bodyDecoder } from '@fabrica/core/candid';
import { MemoryStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { account, NOW, user } from '../../fixtures/ledger.ts';
import { BlockWithId, type Value } from '../../icrc3-schema.ts';
import type { Block } from '../block-log.ts';
import { encodeTransaction, type Operation } from '../transaction.ts';
import { SealedLog } from './sealed-log.ts';

const decode = bodyDecoder(BlockWithId);
const amount = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
const nat64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyAccount = fc
  .tuple(fc.nat(5), fc.option(fc.nat(3)))
  .map(([number, subaccount]) => account(user(number), subaccount));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);

const block: fc.Arbitrary<Block> = fc
  .record({
    operation: fc.constantFrom<Operation>('mint', 'burn', 'xfer', 'approve'),
    fee: amount,
    call: fc.record({
      from: anyAccount,
      to: anyAccount,
      spender: maybe(anyAccount),
      amount,
      fee: maybe(amount),
      memo: maybe(fc.uint8Array({ maxLength: 32 })),
      createdAt: maybe(nat64),
      expectedAllowance: maybe(amount),
      expiresAt: maybe(nat64),
    }),
  })
  .map(({ operation, fee, call }) => ({
    timestamp: NOW,
    fee,
    transaction: encodeTransaction(operation, call),
  }));

/** The blocks of a range, each decoded from where the one before ends. */
function blocksOf(log: SealedLog, from: number, limit: number) {
  const { count, parts } = log.read(from, limit);
  let rest = Uint8Array.from(parts.flatMap((part) => [...part]));
  const values = [];
  while (rest.length > 0) {
    const size = bodySize(rest);
    values.push(decode(rest.slice(0, size)));
    rest = rest.slice(size);
  }
  expect(values).toHaveLength(count);
  return values;
}

/** Decoding takes exactly one body, so the right size is the one that does. */
function bodySize(bytes: Uint8Array): number {
  for (let size = 1; size <= bytes.length; size += 1) {
    try {
      decode(bytes.slice(0, size));
      return size;
    } catch {
      // Cut short.
    }
  }
  throw new Error('No block');
}

describe('the sealed log', () => {
  test('ICRC-3: each block but the first holds the hash of its parent; the tip is the last’s', () => {
    fc.assert(
      fc.property(fc.array(fc.array(block, { maxLength: 20 }), { maxLength: 4 }), (batches) => {
        const store = new MemoryStore();
        for (const batch of batches) new SealedLog(store).append(batch);
        const log = new SealedLog(store);
        const length = batches.flat().length;
        expect(log.length).toBe(length);
        let parent: Buffer | null = null;
        for (const [index, { id, block: value }] of blocksOf(log, 0, length).entries()) {
          expect(id).toBe(BigInt(index));
          const fields = new Map('Map' in value ? value.Map : []);
          const phash = fields.get('phash');
          if (parent === null) expect(phash).toBeUndefined();
          else expect(phash).toEqual({ Blob: new Uint8Array(parent) });
          parent = plainHash(value);
        }
        if (parent !== null) expect(log.tip?.hash).toEqual(new Uint8Array(parent));
      }),
      { numRuns: 25 },
    );
  });

  test('returns any range as it is returned in whole', () => {
    const [blocks] = fc.sample(fc.array(block, { minLength: 40, maxLength: 40 }), 1);
    const log = new SealedLog(new MemoryStore());
    log.append(blocks!);
    const all = blocksOf(log, 0, 40);
    for (const [from, limit] of [
      [0, 1],
      [15, 2],
      [16, 16],
      [31, 9],
      [39, 5],
      [40, 1],
      [7, 0],
    ]) {
      expect(blocksOf(log, from!, limit!)).toEqual(all.slice(from, from! + limit!));
    }
  });

  test('reads 100 blocks with 7 gets', () => {
    const store = new MemoryStore();
    const [one] = fc.sample(block, 1);
    const log = new SealedLog(store);
    log.append(Array.from({ length: 150 }, () => one!));
    store.operations.get = 0;
    expect(log.read(32, 100).count).toBe(100);
    expect(store.operations.get).toBe(7);
  });
});

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The hash of a value in the plainest way, with another SHA-256: what the ledger's own is compared with. */
function plainHash(value: Value): Buffer {
  if ('Nat' in value) return sha256(leb(value.Nat));
  if ('Blob' in value) return sha256(value.Blob);
  if ('Text' in value) return sha256(value.Text);
  if ('Array' in value) return sha256(...value.Array.map(plainHash));
  if ('Map' in value) {
    const entries = value.Map.map(([key, each]) => Buffer.concat([sha256(key), plainHash(each)]));
    return sha256(...entries.sort((a, b) => a.compare(b)));
  }
  throw new Error('No block of this ledger holds an Int');
}

function leb(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
