import { MemoryStore } from '@fabrica/core/store';
import { describe, expect, test } from 'vitest';

import { BlockLog, PAGE_BLOCKS, type Block } from './block-log.ts';
import { MAX_TRANSACTION_BYTES } from './transaction.ts';

function block(index: number): Block {
  return {
    timestamp: BigInt(index) * 1_000n,
    fee: index % 2 === 0 ? 10n : 2n ** 100n,
    transaction: new Uint8Array(2 + ((index * 37) % (MAX_TRANSACTION_BYTES - 1))).fill(index),
  };
}

function filled(store: MemoryStore, length: number): BlockLog {
  const log = new BlockLog(store, 2);
  for (let index = 0; index < length; index += 1) {
    expect(log.append(block(index), 2n ** 64n * BigInt(index) + 7n)).toBe(index);
  }
  return log;
}

describe('the block log', () => {
  test('is empty before the first block', () => {
    const log = new BlockLog(new MemoryStore(), 2);
    expect([log.length, log.supply, log.at(0), log.last]).toEqual([0, 0n, null, null]);
    expect(log.slice(0, 10)).toEqual([]);
  });

  test.each([1, 7, 8, 9, 16, 17, 24, 25, 100, 257, 1_000])(
    'of %i blocks is found again after an upgrade, and goes on',
    (length) => {
      const store = new MemoryStore();
      filled(store, length);
      const found = new BlockLog(store, 2);
      expect(found.length).toBe(length);
      expect(found.last).toEqual(block(length - 1));
      expect(found.supply).toBe(2n ** 64n * BigInt(length - 1) + 7n);
      expect(found.append(block(length), 1n)).toBe(length);
      const again = new BlockLog(store, 2);
      expect(again.slice(0, length + 5)).toEqual(
        Array.from({ length: length + 1 }, (_, index) => block(index)),
      );
    },
  );

  test('is found again in about two gets for each doubling', () => {
    const store = new MemoryStore();
    filled(store, 10_000);
    store.operations.get = 0;
    const found = new BlockLog(store, 2);
    expect(found.length).toBe(10_000);
    expect(store.operations.get).toBeLessThanOrEqual(
      2 * Math.ceil(Math.log2(10_000 / PAGE_BLOCKS)),
    );
  });

  test('takes one set for a block, and 13 gets for a hundred', () => {
    const store = new MemoryStore();
    const log = filled(store, 500);
    expect(store.operations.set).toBe(500);
    store.operations.get = 0;
    expect(log.slice(132, 100)).toHaveLength(100);
    expect(store.operations.get).toBe(13);
  });

  test('gives copies that later blocks do not change', () => {
    const log = filled(new MemoryStore(), 3);
    const early = log.at(2);
    for (let index = 3; index < 40; index += 1) log.append(block(index), 0n);
    expect(early).toEqual(block(2));
  });
});
