import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { c } from '../candid/index.ts';
import {
  binary,
  Cell,
  Counter,
  concat,
  equal,
  keyspaces,
  MemoryStore,
  migration,
  Queue,
  readU32,
  readU64,
  Sequence,
  stored,
  Table,
  u32,
  u64,
} from './index.ts';

const text = stored(1, c.text);

describe('bytes', () => {
  test('numbers are read back and sort as bytes', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (a, b) => {
        expect(readU32(u32(a))).toBe(a);
        expect(Math.sign(a - b)).toBe(
          Math.sign(binary(u32(a)) < binary(u32(b)) ? -1 : a === b ? 0 : 1),
        );
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (a) => {
        expect(readU64(concat(Uint8Array.of(7), u64(a)), 1)).toBe(a);
      }),
    );
  });
  test('equal compares bytes, not objects', () => {
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equal(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});

describe('keyspaces', () => {
  test('names do not see each other’s keys', () => {
    const space = keyspaces(new MemoryStore(), { a: 0, b: 1 });
    space.a.set(u32(1), Uint8Array.of(1));
    expect(space.b.get(u32(1))).toBeNull();
    space.b.delete(u32(1));
    expect(space.a.get(u32(1))).toEqual(Uint8Array.of(1));
  });
  test.each([{ a: 1, b: 1 }, { a: 256 }, { a: 0.5 }])('refused: %j', (names) => {
    expect(() => keyspaces(new MemoryStore(), names as Record<string, number>)).toThrow(/Keyspace/);
  });
});

describe('stored values', () => {
  test('an older version is migrated when it is read', () => {
    const before = stored(1, c.nat);
    const after = stored(2, c.text, { 1: migration(c.nat, (old) => `was ${old}`) });
    expect(after.decode(before.encode(5n))).toBe('was 5');
    expect(after.decode(after.encode('new'))).toBe('new');
  });
  test('an unknown version is an error, not a guess', () => {
    expect(() => stored(2, c.nat).decode(stored(3, c.nat).encode(1n))).toThrow(/version 3/);
    expect(() => text.decode(new Uint8Array())).toThrow();
  });
});

describe('cell, table, sequence', () => {
  test('a cell starts at its initial value and survives a new heap', () => {
    const store = new MemoryStore();
    expect(new Cell(store, text, 'initial').get()).toBe('initial');
    expect(() => new Cell(store, text).get()).toThrow(/before it was set/);
    new Cell(store, text).set('later');
    expect(new Cell(store, text).get()).toBe('later');
  });
  test('a table keeps values by key', () => {
    const table = new Table(new MemoryStore(), text);
    expect(table.get(u32(1))).toBeNull();
    table.set(u32(1), 'one');
    expect([table.get(u32(1)), table.has(u32(1)), table.has(u32(2))]).toEqual(['one', true, false]);
    table.delete(u32(1));
    expect(table.get(u32(1))).toBeNull();
  });
  test('a counter adds up past 32 bits and survives a new heap', () => {
    const store = new MemoryStore();
    const counter = new Counter(store);
    expect(counter.get()).toBe(0);
    counter.add(2 ** 32 - 1);
    counter.add(3);
    expect([counter.get(), new Counter(store).get()]).toEqual([2 ** 32 + 2, 2 ** 32 + 2]);
  });
  test('a sequence is dense', () => {
    const store = new MemoryStore();
    const sequence = new Sequence(store, text);
    expect(['a', 'b', 'c'].map((value) => sequence.append(value))).toEqual([0, 1, 2]);
    sequence.set(1, 'B');
    expect(new Sequence(store, text).page(1, 10)).toEqual(['B', 'c']);
    expect(() => sequence.at(3)).toThrow(RangeError);
    expect(() => sequence.set(3, 'd')).toThrow(RangeError);
  });
});

test('a queue is first in, first out, bounded, and survives a new heap at any point', () => {
  const command = fc.oneof(
    fc.record({ push: fc.string({ maxLength: 5 }) }),
    fc.constant('pop' as const),
    fc.record({ drop: fc.nat(4) }),
    fc.constant('restart' as const),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const store = new MemoryStore();
      const open = () => new Queue(store, text, { max: 5 });
      let queue = open();
      const model: string[] = [];
      let popped = 0;
      for (const step of commands) {
        if (step === 'restart') queue = open();
        else if (step === 'pop') {
          if (model.length > 0) popped += 1;
          expect(queue.pop()).toBe(model.shift() ?? null);
        } else if ('push' in step) {
          expect(queue.push(step.push)).toBe(model.length < 5);
          if (model.length < 5) model.push(step.push);
        } else {
          const dropped = model.splice(0, step.drop).length;
          popped += dropped;
          expect(queue.drop(step.drop)).toBe(dropped);
        }
        expect(queue.peekMany(9)).toEqual(model);
        expect([queue.size, queue.popped, queue.isFull]).toEqual([
          model.length,
          popped,
          model.length >= 5,
        ]);
      }
    }),
  );
});
