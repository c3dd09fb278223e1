import { ascii, MemoryStore, readU32, u32 } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PagedLists } from './paged-lists.ts';

describe('paged lists', () => {
  test('any appends to several lists are read back newest first, at any cursor and limit', () => {
    const item = fc.uint8Array({ maxLength: 9 });
    const step = fc.record({ list: fc.constantFrom('', 'a', 'ab', 'a\0\0\0\0'), item });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(70),
        fc.nat(20),
        (steps, itemsPerPage, before, limit) => {
          const lists = new PagedLists(new MemoryStore(), itemsPerPage);
          const model = new Map<string, Uint8Array[]>();
          for (const { list, item } of steps) {
            lists.append(ascii(list), item);
            model.set(list, [...(model.get(list) ?? []), item]);
          }
          for (const [list, items] of model) {
            const end = Math.min(before, items.length);
            const start = Math.max(0, end - limit);
            const expected = items.slice(start, end).reverse();
            const page = lists.page(ascii(list), before, limit);
            expect(lists.length(ascii(list))).toBe(items.length);
            expect(page.count).toBe(expected.length);
            expect([...page.bytes]).toEqual(expected.flatMap((bytes) => [...bytes]));
            expect(page.next).toBe(start > 0 ? start : null);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('following the cursor gives every item once, while new ones arrive', () => {
    const lists = new PagedLists(new MemoryStore(), 8);
    const key = ascii('k');
    for (let n = 0; n < 100; n += 1) lists.append(key, u32(n));
    const seen: number[] = [];
    for (let cursor: number | null = 100; cursor !== null; ) {
      const page = lists.page(key, cursor, 7);
      for (let at = 0; at < page.count; at += 1) seen.push(readU32(page.bytes, at * 4));
      cursor = page.next;
      lists.append(key, u32(1000));
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, at) => 99 - at));
  });

  test('an append is one read and one write, and one write more when a page is full', () => {
    const store = new MemoryStore();
    const lists = new PagedLists(store, 16);
    for (let n = 0; n < 1000; n += 1) {
      const before = { ...store.operations };
      lists.append(ascii('k'), u32(n));
      expect(store.operations.get - before.get).toBeLessThanOrEqual(1);
      expect(store.operations.set - before.set).toBe(n > 0 && n % 16 === 0 ? 2 : 1);
    }
  });

  test('50 items cost at most 5 reads with 16 on a page', () => {
    const store = new MemoryStore();
    const lists = new PagedLists(store, 16);
    for (let n = 0; n < 200; n += 1) {
      lists.append(ascii('k'), u32(n));
      const before = store.operations.get;
      lists.page(ascii('k'), null, 50);
      expect(store.operations.get - before).toBeLessThanOrEqual(5);
    }
  });

  test('what one object wrote, another one reads and goes on with, as after an upgrade', () => {
    const store = new MemoryStore();
    for (let n = 0; n < 40; n += 1) new PagedLists(store, 8).append(ascii('k'), u32(n));
    const page = new PagedLists(store, 8).page(ascii('k'), null, 40);
    const numbers = Array.from({ length: 40 }, (_, at) => readU32(page.bytes, at * 4));
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => 39 - at));
  });

  test('an unknown list is empty', () => {
    const lists = new PagedLists(new MemoryStore(), 16);
    expect(lists.page(ascii('k'), null, 50)).toEqual({
      count: 0,
      bytes: new Uint8Array(),
      next: null,
    });
  });

  test('a page that outgrows its offsets is refused', () => {
    const lists = new PagedLists(new MemoryStore(), 256);
    lists.append(ascii('k'), new Uint8Array(40_000));
    expect(() => lists.append(ascii('k'), new Uint8Array(40_000))).toThrow(RangeError);
  });
});
