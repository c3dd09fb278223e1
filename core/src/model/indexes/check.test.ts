import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { checkSets, repairSets, type SetDrift } from './check-sets.ts';
import { checkHolders, checkShelf, repairShelf, type ShelfDrift } from './check-shelf.ts';
import { PostingSets } from './posting-sets.ts';
import { Shelf } from './shelf.ts';

const ACTIVE = Uint8Array.of(1);
const CLOSED = Uint8Array.of(2);
const PUBLIC = Uint8Array.of(3);
const END = 2_500;

/** Every third contract is closed, every second public. */
const keysOf = (number: number): Uint8Array[] => [
  number % 3 === 0 ? CLOSED : ACTIVE,
  ...(number % 2 === 0 ? [PUBLIC] : []),
];

const ALICE = Uint8Array.of(10);
const BOB = Uint8Array.of(11);
const rowOf = (number: number): Uint8Array => Uint8Array.of(number, number >>> 8);
const rowsOf = (number: number) => [
  { key: ALICE, roles: 1, row: rowOf(number) },
  ...(number % 5 === 0 ? [{ key: BOB, roles: 2, row: rowOf(number) }] : []),
];

describe('checkSets', () => {
  function slices(sets: PostingSets, limit = 1_000): SetDrift[] {
    const drift: SetDrift[] = [];
    let from: number | null = 0;
    while (from !== null) {
      const result = checkSets(sets, { keys: [ACTIVE, CLOSED], from, end: END, limit }, keysOf);
      drift.push(...result.drift);
      from = result.next;
    }
    return drift;
  }

  function built(): PostingSets {
    const sets = new PostingSets(new MemoryStore(), Uint8Array.of(0));
    for (let n = 0; n < END; n += 1) for (const key of keysOf(n)) sets.add(key, n);
    return sets;
  }

  test('finds nothing where the index is what a rebuild would give', () => {
    expect(slices(built())).toEqual([]);
    expect(slices(built(), 7)).toEqual([]);
  });

  test('finds what is missing and what is too many, and repairs it', () => {
    const sets = built();
    sets.remove(ACTIVE, 2_000);
    sets.remove(PUBLIC, 0); // a key the check was not told of
    sets.add(CLOSED, 999 + 1);
    const drift = slices(sets);
    expect(drift.map((d) => [d.key[0], d.number, d.expected])).toEqual([
      [3, 0, true],
      [2, 1_000, false],
      [1, 2_000, true],
    ]);
    repairSets(sets, drift);
    expect(slices(sets)).toEqual([]);
  });
});

describe('checkShelf and checkHolders', () => {
  function built(): Shelf {
    const shelf = new Shelf(new MemoryStore(), Uint8Array.of(0));
    for (let n = 0; n < END; n += 1) {
      for (const { key, roles, row } of rowsOf(n)) shelf.add(key, n, roles, row);
    }
    return shelf;
  }

  function holders(shelf: Shelf): ShelfDrift[] {
    const drift: ShelfDrift[] = [];
    let from: number | null = 0;
    while (from !== null) {
      const result = checkHolders(shelf, { from, end: END, limit: 400 }, rowsOf);
      drift.push(...result.drift);
      from = result.next;
    }
    return drift;
  }

  function shelved(shelf: Shelf, key: Uint8Array): ShelfDrift[] {
    const drift: ShelfDrift[] = [];
    let cursor: number | null = null;
    do {
      const expected = (n: number) => rowsOf(n).find((row) => row.key === key) ?? null;
      const result = checkShelf(shelf, { key, cursor, limit: 300 }, expected);
      drift.push(...result.drift);
      cursor = result.next;
    } while (cursor !== null);
    return drift;
  }

  test('find nothing where the index is what a rebuild would give', () => {
    const shelf = built();
    expect(holders(shelf)).toEqual([]);
    expect(shelved(shelf, ALICE)).toEqual([]);
    expect(shelved(shelf, BOB)).toEqual([]);
  });

  test('find missing, changed and surplus rows, and repair them', () => {
    const shelf = built();
    shelf.remove(ALICE, 7);
    shelf.update(ALICE, 8, Uint8Array.of(0));
    shelf.setRoles(BOB, 10, 6);
    shelf.add(BOB, 11, 2, rowOf(11));
    expect(holders(shelf).map((d) => [d.key[0], d.number])).toEqual([
      [10, 7],
      [10, 8],
      [11, 10],
    ]);
    expect(shelved(shelf, BOB).map((d) => [d.number, d.expected === null])).toEqual([
      [11, true],
      [10, false],
    ]);
    repairShelf(shelf, [...holders(shelf), ...shelved(shelf, BOB)]);
    expect(holders(shelf)).toEqual([]);
    expect(shelved(shelf, BOB)).toEqual([]);
  });
});
