import { concat } from '../../store/index.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../store/memory-store.ts';
import { readMembers } from './read-members.ts';
import { Shelf } from './shelf.ts';
import { PricedStore } from './test-support.ts';

const PREFIX = Uint8Array.of(9);
const KEY = new Uint8Array(29).fill(5);

/** A row that says what it is: its number and a revision, padded to `size`. */
function row(number: number, revision = 0, size = 8): Uint8Array {
  const bytes = new Uint8Array(Math.max(size, 8));
  new DataView(bytes.buffer).setUint32(0, number);
  new DataView(bytes.buffer).setUint16(4, revision);
  new DataView(bytes.buffer).setUint16(6, bytes.length);
  return bytes;
}

/** The rows in `bytes`, as `number:revision`. */
function rowsIn(bytes: Uint8Array): string[] {
  const rows: string[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += view.getUint16(at + 6)) {
    rows.push(`${view.getUint32(at)}:${view.getUint16(at + 4)}`);
  }
  return rows;
}

function all(shelf: Shelf, limit = 50, roles = 255): string[] {
  const rows: string[] = [];
  let cursor: number | null = null;
  do {
    const page = shelf.read(KEY, { cursor, limit, roles });
    const found = rowsIn(concat(...page.runs));
    expect(page.count).toBe(found.length);
    expect(page.count).toBeLessThanOrEqual(limit);
    rows.push(...found);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

/** A shelf of `count` rows with even numbers from 0. */
function filled(count: number, size = 110): { store: PricedStore; shelf: Shelf } {
  const store = new PricedStore();
  const shelf = new Shelf(store, PREFIX);
  for (let i = 0; i < count; i += 1) shelf.add(KEY, i * 2, 1, row(i * 2, 0, size));
  return { store, shelf };
}

describe('Shelf', () => {
  test('an unknown key has no rows', () => {
    const shelf = new Shelf(new MemoryStore(), PREFIX);
    expect(shelf.read(KEY, { limit: 50 })).toEqual({
      count: 0,
      runs: [],
      next: null,
    });
    expect(shelf.rolesOf(KEY, 1)).toBe(0);
    expect(shelf.remove(KEY, 1)).toBe(0);
    expect(shelf.update(KEY, 1, row(1))).toBe(false);
  });

  test('lists by number, newest first, whatever the order of adding', () => {
    const shelf = new Shelf(new MemoryStore(), PREFIX);
    for (const number of [5, 1, 9, 3]) shelf.add(KEY, number, 1, row(number));
    expect(all(shelf)).toEqual(['9:0', '5:0', '3:0', '1:0']);
  });

  test('adding a number again replaces its row and joins the roles', () => {
    const shelf = new Shelf(new MemoryStore(), PREFIX);
    expect(shelf.add(KEY, 5, 1, row(5))).toBe(0);
    expect(shelf.add(KEY, 5, 0x80, row(5, 1))).toBe(1);
    expect(shelf.rolesOf(KEY, 5)).toBe(0x81);
    expect(shelf.find(KEY, 5)).toEqual({ roles: 0x81, row: row(5, 1) });
  });

  test('a row stays while any role is left', () => {
    const shelf = new Shelf(new MemoryStore(), PREFIX);
    shelf.add(KEY, 5, 0b110, row(5));
    expect(shelf.remove(KEY, 5, 0b010)).toBe(0b110);
    expect(shelf.rolesOf(KEY, 5)).toBe(0b100);
    expect(shelf.remove(KEY, 5, 0b100)).toBe(0b100);
    expect(shelf.find(KEY, 5)).toBe(null);
  });

  test('refuses roles, rows and limits out of range', () => {
    const shelf = new Shelf(new MemoryStore(), PREFIX);
    expect(() => shelf.add(KEY, 1, 0, row(1))).toThrow(RangeError);
    expect(() => shelf.add(KEY, 1, 256, row(1))).toThrow(RangeError);
    expect(() => shelf.add(KEY, 1, 1, new Uint8Array(2_049))).toThrow(RangeError);
    expect(() => shelf.add(KEY, -1, 1, row(1))).toThrow(RangeError);
    expect(() => shelf.read(KEY, { limit: 201 })).toThrow(RangeError);
    expect(() => shelf.read(KEY, { limit: 1, cursor: 0.5 })).toThrow(RangeError);
  });

  test('a value of an unknown layout version is refused', () => {
    const { store, shelf } = filled(1);
    store.set(Uint8Array.of(9, 0, ...KEY), Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0));
    expect(() => shelf.read(KEY, { limit: 1 })).toThrow('layout version 2');
  });

  test('leaves nothing in the store when emptied, from either end', () => {
    for (const order of [1, -1]) {
      const { store, shelf } = filled(400);
      const numbers = Array.from({ length: 400 }, (_, i) => i * 2);
      if (order < 0) numbers.reverse();
      for (const number of numbers) expect(shelf.remove(KEY, number)).toBe(1);
      expect(store.memory.size).toBe(0);
    }
  });

  test('an older number than all, after the oldest page went, finds a place', () => {
    const { shelf } = filled(300);
    for (let i = 0; i < 100; i += 1) shelf.remove(KEY, i * 2);
    shelf.add(KEY, 0, 1, row(0));
    expect(all(shelf).at(-1)).toBe('0:0');
    expect(all(shelf).length).toBe(201);
  });

  test('equals a plain map after any history, whole and by role', () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'add', 'run', 'run', 'remove', 'drop', 'update', 'setRoles'),
      number: fc.nat(600),
      length: fc.integer({ min: 1, max: 250 }),
      stride: fc.constantFrom(1, 2, 3),
      roles: fc.integer({ min: 1, max: 7 }),
      size: fc.constantFrom(8, 60, 110, 600, 2_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const store = new MemoryStore();
        const shelf = new Shelf(store, PREFIX);
        const model = new Map<number, { roles: number; revision: number }>();
        const add = (number: number, roles: number, revision: number, size: number): void => {
          const before = model.get(number)?.roles ?? 0;
          expect(shelf.add(KEY, number, roles, row(number, revision, size))).toBe(before);
          model.set(number, { roles: before | roles, revision });
        };
        steps.forEach(({ kind, number, length, stride, roles, size }, revision) => {
          const before = model.get(number);
          if (kind === 'add') add(number, roles, revision, size);
          else if (kind === 'run') {
            for (let i = 0; i < length; i += 1)
              add(number + i * stride, roles, revision, Math.min(size, 600));
          } else if (kind === 'remove') {
            expect(shelf.remove(KEY, number, roles)).toBe(before?.roles ?? 0);
            if (before !== undefined) before.roles &= ~roles;
            if (before?.roles === 0) model.delete(number);
          } else if (kind === 'drop') {
            for (const n of [...model.keys()].filter((n) => n >= number && n < number + length)) {
              shelf.remove(KEY, n);
              model.delete(n);
            }
          } else if (kind === 'update') {
            expect(shelf.update(KEY, number, row(number, revision, size))).toBe(
              before !== undefined,
            );
            if (before !== undefined) before.revision = revision;
          } else {
            expect(shelf.setRoles(KEY, number, roles)).toBe(before?.roles ?? 0);
            if (before !== undefined) before.roles = roles;
          }
          expect(shelf.rolesOf(KEY, number)).toBe(model.get(number)?.roles ?? 0);
          const listed = (mask: number): string[] =>
            [...model]
              .filter(([, held]) => (held.roles & mask) !== 0)
              .sort(([a], [b]) => b - a)
              .map(([n, held]) => `${n}:${held.revision}`);
          expect(all(shelf)).toEqual(listed(255));
          expect(all(shelf, 7, 2)).toEqual(listed(2));
          const members = readMembers(shelf.members(KEY, 4), { limit: 1_000, maxReads: 1_000 });
          expect([...members.numbers]).toEqual(listed(4).map((text) => Number(text.split(':')[0])));
        });
        if (model.size === 0) expect(store.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('paging while rows come and go neither repeats nor loses a row that stayed', () => {
    const change = fc.record({
      add: fc.boolean(),
      number: fc.nat(1_200),
      length: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(change, { maxLength: 20 }),
        (count, limit, changes) => {
          const { shelf } = filled(count, 60);
          const stayed = new Set(Array.from({ length: count }, (_, i) => i * 2));
          const seen: number[] = [];
          let cursor: number | null = null;
          do {
            const page = shelf.read(KEY, { cursor, limit });
            seen.push(...rowsIn(concat(...page.runs)).map((text) => Number(text.split(':')[0])));
            cursor = page.next;
            const next = changes.shift();
            if (next === undefined) continue;
            for (let n = next.number; n < next.number + next.length; n += 1) {
              if (next.add) shelf.add(KEY, n, 1, row(n));
              else {
                shelf.remove(KEY, n);
                stayed.delete(n);
              }
            }
          } while (cursor !== null);
          expect(new Set(seen).size).toBe(seen.length);
          expect([...stayed].filter((n) => !seen.includes(n))).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('pages of a Shelf', () => {
  test.each([1, 49, 50, 51, 99, 100, 101, 2_000])('%d rows come in full pages of 50', (count) => {
    const { shelf } = filled(count);
    let left = count;
    let cursor: number | null = null;
    do {
      const page = shelf.read(KEY, { cursor, limit: 50 });
      expect(page.count).toBe(Math.min(50, left));
      left -= page.count;
      cursor = page.next;
    } while (cursor !== null);
    expect(left).toBe(0);
  });

  test('pages thinned by removals still come full', () => {
    const { shelf } = filled(3_000);
    for (let i = 0; i < 3_000; i += 1) if (i % 9 !== 0) shelf.remove(KEY, i * 2);
    let cursor: number | null = null;
    let rows = 0;
    do {
      const page = shelf.read(KEY, { cursor, limit: 50 });
      if (page.next !== null) expect(page.count).toBe(50);
      rows += page.count;
      cursor = page.next;
    } while (cursor !== null);
    expect(rows).toBe(334);
  });
});

describe('cost of Shelf', () => {
  // Between two spills of the front; what those cost is in the average of 10,000 adds.
  const measured = [10, 1_000, 10_005, 100_005].map((count) => {
    const { store, shelf } = filled(count);
    const newest = (count - 1) * 2;
    const old = Math.floor(count / 4) * 2;
    shelf.rolesOf(KEY, 0);
    return {
      count,
      add: store.cost(() => shelf.add(KEY, newest + 2, 1, row(newest + 2, 0, 110))),
      newest: [
        store.operations(() => shelf.add(KEY, newest + 4, 1, row(newest + 4, 0, 110))),
        store.operations(() => shelf.setRoles(KEY, newest, 3)),
        store.operations(() => shelf.update(KEY, newest, row(newest, 1, 110))),
        store.operations(() => shelf.rolesOf(KEY, newest)),
        store.operations(() => shelf.remove(KEY, newest)),
      ],
      old: [
        store.operations(() => shelf.add(KEY, old + 1, 1, row(old + 1, 0, 110))),
        store.operations(() => shelf.setRoles(KEY, old, 3)),
        store.operations(() => shelf.update(KEY, old, row(old, 1, 110))),
        store.operations(() => shelf.rolesOf(KEY, old)),
        store.operations(() => shelf.remove(KEY, old + 1)),
      ],
      page: store.operations(() => shelf.read(KEY, { limit: 50 })),
      deepPage: store.operations(() => shelf.read(KEY, { cursor: old, limit: 50 })),
    };
  });

  test.each(measured)('the newest of $count rows: a get, and a set for a change', ({ newest }) => {
    expect(newest).toEqual(['1 1 0', '1 1 0', '1 1 0', '1 0 0', '1 1 0']);
  });

  test.each(measured)('an add to $count rows: at most 1.2 times the cost at 10', ({ add }) => {
    expect(add).toBeLessThanOrEqual(1.2 * measured[0]!.add);
    expect(add).toBeLessThanOrEqual(330_000);
  });

  test.each(measured)('50 newest of $count rows: one get, or two', ({ count, page }) => {
    expect(page).toBe(count <= 16 ? '1 0 0' : '2 0 0');
  });

  test.each(measured.slice(1))('$count rows: an old one is bounded whatever the size', (at) => {
    expect(at.old).toEqual(['3 1 0', '3 1 0', '3 1 0', '3 0 0', '3 1 0']);
    expect(at.deepPage).toMatch(/^[345] 0 0$/);
  });

  test('10,000 adds: 15 of 16 are a get and a set, the others at most 3 gets and 5 sets', () => {
    const store = new PricedStore();
    const shelf = new Shelf(store, PREFIX);
    const kinds = new Map<string, number>();
    for (let i = 0; i < 10_000; i += 1) {
      const kind = store.operations(() => shelf.add(KEY, i, 1, row(i, 0, 110)));
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect([...kinds.keys()].sort()).toEqual(['1 1 0', '1 2 0', '2 2 0', '3 4 0', '3 5 0']);
    // The 257th leaf, and the first beyond 8,192: the set of lows gets a page.
    expect(kinds.get('3 5 0')).toBeLessThanOrEqual(2);
    expect(kinds.get('1 1 0')).toBe(10_000 - Math.floor(9_999 / 16));
    expect(store.spent / 10_000).toBeLessThan(360_000);
  });
});

describe('bytes of Shelf', () => {
  /** Contracts of `users` with a creator and two role holders each, in turns. */
  function bytesPerContract(contracts: number, users: number): number {
    const store = new MemoryStore();
    const shelf = new Shelf(store, PREFIX);
    const user = (index: number): Uint8Array => {
      const key = new Uint8Array(29);
      new DataView(key.buffer).setUint32(0, index % users);
      return key;
    };
    for (let i = 0; i < contracts; i += 1) {
      for (const holder of [i, i + 1, i + 2]) shelf.add(user(holder), i, 1, row(i, 0, 110));
    }
    return store.bytes / contracts;
  }

  test('three holders a contract: 363 bytes, of which the rows are 330', () => {
    expect(bytesPerContract(2_000, 40)).toBeLessThan(366);
    expect(bytesPerContract(2_000, 3)).toBeLessThan(366);
  });
});
