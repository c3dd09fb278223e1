import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { CHUNK } from './bitmap.ts';
import { allOf, anyOf, except } from './combine.ts';
import type { MemberSource } from './members.ts';
import { PostingSets } from './posting-sets.ts';
import { readMembers } from './read-members.ts';
import { Shelf } from './shelf.ts';

type Expression =
  | { kind: 'set'; index: number }
  | { kind: 'shelf'; index: number }
  | { kind: 'all'; of: Expression[] }
  | { kind: 'any'; of: Expression[] }
  | { kind: 'except'; base: Expression; excluded: Expression };

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('set' as const), index: fc.nat(2) }),
    fc.record({ kind: fc.constant('shelf' as const), index: fc.nat(2) }),
    fc.record({
      kind: fc.constant('all' as const),
      of: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('any' as const),
      of: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('except' as const),
      base: tie('expression'),
      excluded: tie('expression'),
    }),
  ),
}));

/** Numbers from `from`, `step` apart. */
const members = fc
  .array(
    fc.record({
      from: fc.nat(3 * CHUNK),
      step: fc.constantFrom(1, 2, 3, 64, 1_000),
      count: fc.nat(400),
    }),
    { maxLength: 3 },
  )
  .map(
    (runs) =>
      new Set(runs.flatMap((r) => Array.from({ length: r.count }, (_, i) => r.from + i * r.step))),
  );

const ROW = new Uint8Array(3);

function world(sets: ReadonlySet<number>[], shelves: ReadonlySet<number>[]) {
  const store = new MemoryStore();
  const postings = new PostingSets(store, Uint8Array.of(1));
  const shelf = new Shelf(store, Uint8Array.of(2));
  sets.forEach((set, key) => set.forEach((number) => postings.add(Uint8Array.of(key), number)));
  shelves.forEach((set, key) =>
    set.forEach((number) => shelf.add(Uint8Array.of(key), number, number % 2 === 0 ? 1 : 2, ROW)),
  );

  const source = (e: Expression): MemberSource => {
    if (e.kind === 'set') return postings.members(Uint8Array.of(e.index));
    if (e.kind === 'shelf') return shelf.members(Uint8Array.of(e.index), 1);
    if (e.kind === 'all') return allOf(...e.of.map(source));
    if (e.kind === 'any') return anyOf(...e.of.map(source));
    return except(source(e.base), source(e.excluded));
  };
  const holds = (e: Expression, n: number): boolean => {
    if (e.kind === 'set') return sets[e.index]!.has(n);
    if (e.kind === 'shelf') return n % 2 === 0 && shelves[e.index]!.has(n);
    if (e.kind === 'all') return e.of.every((part) => holds(part, n));
    if (e.kind === 'any') return e.of.some((part) => holds(part, n));
    return holds(e.base, n) && !holds(e.excluded, n);
  };
  return { source, holds };
}

const three = fc.tuple(members, members, members);

describe('set queries', () => {
  test('any expression, limit and budget give what the plain sets give', () => {
    fc.assert(
      fc.property(
        three,
        three,
        expression,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 12 }),
        (sets, shelves, wanted, limit, maxReads) => {
          const { source, holds } = world(sets, shelves);
          const universe = new Set([...sets, ...shelves].flatMap((set) => [...set]));
          const expected = [...universe].filter((n) => holds(wanted, n)).sort((a, b) => b - a);
          const found: number[] = [];
          let cursor: number | null = null;
          do {
            const before: number = cursor ?? 0x1_0000_0000;
            const page = readMembers(source(wanted), { cursor, limit, maxReads });
            expect(page.numbers.length).toBeLessThanOrEqual(limit);
            found.push(...page.numbers);
            cursor = page.next;
            if (cursor !== null) expect(cursor).toBeLessThan(before);
          } while (cursor !== null);
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('a floor cuts the numbers below it off', () => {
    fc.assert(
      fc.property(members, fc.nat(3 * CHUNK), (set, floor) => {
        const { source } = world([set], []);
        const page = readMembers(source({ kind: 'set', index: 0 }), {
          floor,
          limit: 1_000,
          maxReads: 99,
        });
        const expected = [...set].filter((n) => n >= floor).sort((a, b) => b - a);
        expect([...page.numbers]).toEqual(expected.slice(0, 1_000));
      }),
      { numRuns: 100 },
    );
  });

  test('a full page whose set ends there has no next page', () => {
    const { source } = world([new Set([1, 2, 3])], []);
    const set = source({ kind: 'set', index: 0 });
    expect(readMembers(set, { limit: 3 }).next).toBe(null);
    expect(readMembers(set, { limit: 2 }).next).toBe(2);
  });

  test('refuses limits and combinations that are not bounded', () => {
    const { source } = world([new Set([1])], []);
    const set = source({ kind: 'set', index: 0 });
    expect(() => readMembers(set, { limit: 0 })).toThrow(RangeError);
    expect(() => readMembers(set, { limit: 1_001 })).toThrow(RangeError);
    expect(() => readMembers(set, { limit: 1, cursor: -1 })).toThrow(RangeError);
    expect(() => allOf()).toThrow(RangeError);
    expect(() => anyOf(...Array.from({ length: 17 }, () => set))).toThrow(RangeError);
  });
});

describe('work of set queries', () => {
  const count = 100_000;
  const every = (step: number, from = 0): Set<number> =>
    new Set(Array.from({ length: Math.ceil((count - from) / step) }, (_, i) => from + i * step));
  const mine = new Set(Array.from({ length: 50 }, (_, i) => i * 500));
  const { source } = world([every(2), every(2, 1), new Set([4, 8]), every(1)], [mine]);
  const [even, odd, few, whole] = [0, 1, 2, 3].map((index) => source({ kind: 'set', index }));

  test('two dense sets of 100,000 give a page of 50 for one page of each', () => {
    const page = readMembers(allOf(even!, whole!), { limit: 50 });
    expect(page.numbers.length).toBe(50);
    expect(page.reads).toBe(2);
  });

  test('pages absent from one side are never read', () => {
    const page = readMembers(allOf(even!, few!), { limit: 50 });
    expect([...page.numbers]).toEqual([8, 4]);
    expect(page.reads).toBe(2); // the small set's root, and the one page below it
  });

  test('a holder of 50 among 100,000: two pages of the shelf, and each page its contracts lie in', () => {
    const page = readMembers(allOf(source({ kind: 'shelf', index: 0 }), whole!), { limit: 50 });
    expect(page.numbers.length).toBe(50);
    expect(page.reads).toBe(2 + 3);
  });

  test('a search that finds nothing stops at its budget and says where to go on', () => {
    const page = readMembers(allOf(even!, odd!), { limit: 50, maxReads: 2 });
    expect(page.numbers.length).toBe(0);
    expect(page.next).toBe(12 * CHUNK);
    expect(page.reads).toBe(2);
  });
});
