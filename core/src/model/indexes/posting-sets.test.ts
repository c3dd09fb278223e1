import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { CHUNK } from './bitmap.ts';
import { INLINE_MAX, PostingSets } from './posting-sets.ts';
import { readMembers } from './read-members.ts';
import { costOf } from './test-support.ts';

const PREFIX = Uint8Array.of(7);
const KEY = Uint8Array.of(1, 2, 3);

function all(sets: PostingSets, key: Uint8Array, limit = 1_000): number[] {
  const found: number[] = [];
  let cursor: number | null = null;
  do {
    const page = readMembers(sets.members(key), { cursor, limit });
    found.push(...page.numbers);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

/** A set of `count` numbers, `step` apart, from 0 up. */
function filled(count: number, step = 1): { store: MemoryStore; sets: PostingSets } {
  const store = new MemoryStore();
  const sets = new PostingSets(store, PREFIX);
  for (let i = 0; i < count; i += 1) sets.add(KEY, i * step);
  return { store, sets };
}

describe('PostingSets', () => {
  test('an unknown set is empty', () => {
    const sets = new PostingSets(new MemoryStore(), PREFIX);
    expect(sets.has(KEY, 0)).toBe(false);
    expect(sets.remove(KEY, 0)).toBe(false);
    expect(sets.size(KEY)).toBe(0);
    expect(all(sets, KEY)).toEqual([]);
  });

  test('holds the lowest and the highest number', () => {
    const sets = new PostingSets(new MemoryStore(), PREFIX);
    sets.add(KEY, 0);
    sets.add(KEY, 0xffff_ffff);
    expect(all(sets, KEY)).toEqual([0xffff_ffff, 0]);
    for (let i = 1; i < 300; i += 1) sets.add(KEY, i);
    expect(sets.size(KEY)).toBe(301);
    expect(all(sets, KEY)[0]).toBe(0xffff_ffff);
    expect(sets.remove(KEY, 0xffff_ffff)).toBe(true);
    expect(all(sets, KEY)[0]).toBe(299);
  });

  test.each([-1, 0.5, Number.NaN, 0x1_0000_0000])('refuses the number %d', (number) => {
    const sets = new PostingSets(new MemoryStore(), PREFIX);
    expect(() => sets.add(KEY, number)).toThrow(RangeError);
    expect(() => sets.has(KEY, number)).toThrow(RangeError);
  });

  test('sets whose keys begin alike do not meet', () => {
    const sets = new PostingSets(new MemoryStore(), PREFIX);
    const longer = Uint8Array.of(1, 2, 3, 0, 0, 0, 0);
    for (let i = 0; i < 600; i += 1) {
      sets.add(KEY, i);
      sets.add(longer, i + 10_000);
    }
    expect(all(sets, KEY)[0]).toBe(599);
    expect(all(sets, longer).at(-1)).toBe(10_000);
  });

  test('leaves nothing in the store when emptied', () => {
    const { store, sets } = filled(1_000, 100);
    for (let i = 0; i < 1_000; i += 1) expect(sets.remove(KEY, i * 100)).toBe(true);
    expect(store.size).toBe(0);
    expect(sets.size(KEY)).toBe(0);
    sets.add(KEY, 5);
    expect(all(sets, KEY)).toEqual([5]);
  });

  test('an instance made after an upgrade reads what the last one wrote', () => {
    const { store, sets } = filled(5_000, 31);
    sets.remove(KEY, 31);
    const later = new PostingSets(store, PREFIX);
    expect(later.size(KEY)).toBe(4_999);
    expect(later.add(KEY, 31)).toBe(true);
    expect(later.size(KEY)).toBe(5_000);
    expect(all(later, KEY)).toEqual(Array.from({ length: 5_000 }, (_, i) => (4_999 - i) * 31));
  });

  test('a value of an unknown layout version is refused', () => {
    const { store, sets } = filled(3);
    const key = Uint8Array.of(7, 0, 1, 2, 3);
    store.set(key, Uint8Array.of(2, 0, 0, 0));
    expect(() => sets.has(KEY, 1)).toThrow('layout version 2');
  });

  test('equals a plain set after any history', () => {
    const number = fc.oneof(
      fc.nat(40),
      fc.nat(3 * CHUNK),
      fc.integer({ min: CHUNK - 3, max: CHUNK + 3 }),
      fc.nat(0xffff_ffff),
    );
    const step = fc.record({
      kind: fc.constantFrom('add', 'add', 'add', 'run', 'remove', 'drop', 'reopen'),
      number,
      length: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const store = new MemoryStore();
        let sets = new PostingSets(store, PREFIX);
        const model = new Set<number>();
        for (const { kind, number, length } of steps) {
          const last = Math.min(number + length, 0xffff_ffff);
          if (kind === 'add') {
            expect(sets.add(KEY, number)).toBe(!model.has(number));
            model.add(number);
          } else if (kind === 'run') {
            for (let n = number; n < last; n += 1) {
              sets.add(KEY, n);
              model.add(n);
            }
          } else if (kind === 'remove') {
            expect(sets.remove(KEY, number)).toBe(model.delete(number));
          } else if (kind === 'drop') {
            for (const n of [...model].slice(0, length)) {
              expect(sets.remove(KEY, n)).toBe(true);
              model.delete(n);
            }
          } else {
            sets = new PostingSets(store, PREFIX);
          }
          expect(sets.has(KEY, number)).toBe(model.has(number));
          expect(sets.size(KEY)).toBe(model.size);
          expect(all(sets, KEY, 97)).toEqual([...model].sort((a, b) => b - a));
        }
        if (model.size === 0) expect(store.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('cost of PostingSets', () => {
  const measured = [10, 1_000, 10_000, 100_000].map((count) => {
    const { store, sets } = filled(count);
    const middle = count >>> 1;
    const cost = (work: () => unknown): number => costOf(store, work);
    sets.size(KEY);
    return {
      count,
      add: cost(() => sets.add(KEY, count)),
      remove: cost(() => sets.remove(KEY, middle)),
      addOld: cost(() => sets.add(KEY, middle)),
      has: cost(() => sets.has(KEY, middle)),
      page: cost(() => readMembers(sets.members(KEY), { limit: 10 })),
      deepPage: cost(() => readMembers(sets.members(KEY), { cursor: middle, limit: 4 })),
      size: cost(() => sets.size(KEY)),
      cold: cost(() => new PostingSets(store, PREFIX).has(KEY, middle)),
    };
  });

  test.each(measured)(
    '$count numbers: never more than 10, but for the first use of a large set',
    (at) => {
      expect(at.add).toBe(170_000);
      expect(at.remove).toBe(170_000);
      expect(at.addOld).toBe(170_000);
      expect(at.has).toBe(60_000);
      expect(at.page).toBe(60_000);
      expect(at.deepPage).toBe(60_000);
      expect(at.size).toBeLessThanOrEqual(60_000);
      expect(at.cold).toBe(at.count > INLINE_MAX ? 120_000 : 60_000);
    },
  );

  test('add, remove and has are one get, and one set for a change', () => {
    const { store, sets } = filled(100_000);
    store.operations.get = store.operations.set = 0;
    sets.add(KEY, 100_000);
    sets.remove(KEY, 500);
    sets.has(KEY, 500);
    expect(store.operations).toMatchObject({ get: 3, set: 2, delete: 0 });
  });

  test('the 257th number moves a set into pages, one for each chunk it touches', () => {
    const { store, sets } = filled(INLINE_MAX, 400);
    store.operations.set = 0;
    sets.add(KEY, INLINE_MAX * 400);
    expect(store.operations.set).toBe(5);
  });
});

describe('bytes of PostingSets', () => {
  test('a principal with two contracts takes under 50, key included', () => {
    const store = new MemoryStore();
    const sets = new PostingSets(store, PREFIX);
    const principal = new Uint8Array(29);
    sets.add(principal, 40_000);
    sets.add(principal, 90_000);
    expect(store.bytes).toBe(43);
  });

  test('all of 100,000 contracts take 17 KB', () => {
    expect(filled(100_000).store.bytes).toBeLessThan(17_500);
  });
});
