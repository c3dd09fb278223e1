import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { CHUNK } from './bitmap.ts';
import { INLINE_MAX, PostingSets } from './posting-sets.ts';
import { readMembers } from './read-members.ts';
import { PricedStore } from './test-support.ts';

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
function filled(count: number, step = 1): { store: PricedStore; sets: PostingSets } {
  const store = new PricedStore();
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
    expect(store.memory.size).toBe(0);
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
    const after = (): PostingSets => new PostingSets(store, PREFIX);
    const page = (of: PostingSets, cursor: number | null): unknown =>
      readMembers(of.members(KEY), { cursor, limit: 4 });
    return {
      count,
      warm: {
        add: store.cost(() => sets.add(KEY, count)),
        remove: store.cost(() => sets.remove(KEY, middle)),
        addOld: store.cost(() => sets.add(KEY, middle)),
        has: store.cost(() => sets.has(KEY, middle)),
        page: store.cost(() => page(sets, null)),
        pageBelow: store.cost(() => page(sets, middle)),
        size: store.cost(() => sets.size(KEY)),
      },
      operations: [
        store.operations(() => sets.add(KEY, count + 1)),
        store.operations(() => sets.remove(KEY, middle)),
        store.operations(() => sets.has(KEY, middle)),
        store.operations(() => page(sets, null)),
        store.operations(() => page(sets, middle)),
      ],
      afterUpgrade: [
        store.operations(() => after().add(KEY, middle)),
        store.operations(() => after().has(KEY, middle)),
        store.operations(() => page(after(), middle)),
        store.operations(() => after().size(KEY)),
      ],
    };
  });

  test.each(measured)('$count numbers: at most 1.2 times the cost of 10', ({ warm }) => {
    const base = measured[0]!.warm;
    for (const [name, cost] of Object.entries(warm)) {
      expect(cost, name).toBeLessThanOrEqual(1.2 * base[name as keyof typeof base]);
    }
  });

  test.each(measured)('$count numbers: a get, and a set for a change', ({ operations }) => {
    expect(operations).toEqual(['1 1 0', '1 1 0', '1 0 0', '1 0 0', '1 0 0']);
  });

  test.each(measured)('$count numbers, first use after an upgrade', ({ count, afterUpgrade }) => {
    const pages = Math.ceil((count + 2) / CHUNK);
    expect(afterUpgrade).toEqual(
      count <= INLINE_MAX
        ? ['1 1 0', '1 0 0', '1 0 0', '1 0 0']
        : ['2 1 0', '2 0 0', '2 0 0', `${1 + pages} 0 0`],
    );
  });

  test('the 257th number moves a set into pages, one for each chunk it touches', () => {
    const { store, sets } = filled(INLINE_MAX, 400);
    expect(store.operations(() => sets.add(KEY, INLINE_MAX * 400))).toBe('1 14 0');
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

  test('all of 100,000 contracts take 14 KB', () => {
    expect(filled(100_000).store.memory.bytes).toBeLessThan(14_000);
  });
});
