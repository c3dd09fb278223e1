import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { c } from '@fabrica/core/candid';
import { keyspaces, MemoryStore } from '@fabrica/core/store';

import { entriesOf } from '../testing.ts';
import { Outbox } from './outbox.ts';

function open(store = new MemoryStore()) {
  const space = keyspaces(store, { pages: 0, head: 1 });
  return new Outbox<string>(space.pages, space.head, c.text);
}

/** The next batch, as its receiver reads it. */
function next(outbox: Outbox<string>) {
  const batch = outbox.next();
  return { first: batch.first, entries: entriesOf(batch, c.text) };
}

describe('an outbox', () => {
  test('keeps order over upgrades, and gives the same batch until it is confirmed', () => {
    const store = new MemoryStore();
    open(store).push('a');
    open(store).push('b');
    expect(next(open(store))).toEqual({ first: 0n, entries: ['a', 'b'] });
    expect(next(open(store))).toEqual({ first: 0n, entries: ['a', 'b'] });
    open(store).confirmed(1n);
    expect(next(open(store))).toEqual({ first: 1n, entries: ['b'] });
  });
  test('a confirmation heard twice, or of more than was sent, removes nothing more', () => {
    const outbox = open();
    for (const entry of 'abc') outbox.push(entry);
    outbox.confirmed(2n);
    outbox.confirmed(2n);
    outbox.confirmed(1n);
    expect(next(outbox)).toEqual({ first: 2n, entries: ['c'] });
    outbox.confirmed(99n);
    outbox.push('d');
    expect(next(outbox)).toEqual({ first: 3n, entries: ['d'] });
  });
  test('numbers go on from what another receiver expects', () => {
    const outbox = open();
    for (const entry of 'abc') outbox.push(entry);
    outbox.confirmed(1n);
    outbox.renumber(0n);
    expect(next(outbox)).toEqual({ first: 0n, entries: ['b', 'c'] });
    outbox.renumber(40n);
    expect(next(outbox)).toEqual({ first: 40n, entries: ['b', 'c'] });
    outbox.confirmed(42n);
    outbox.push('d');
    expect(next(outbox)).toEqual({ first: 42n, entries: ['d'] });
  });
  test('adds an entry with one write, and removes it with one', () => {
    const store = new MemoryStore();
    const outbox = open(store);
    outbox.push('a');
    outbox.push('b');
    expect(store.operations.set).toBe(2);
    outbox.confirmed(2n);
    expect([store.operations.set, store.operations.delete]).toEqual([3, 0]);
  });
  test('is a queue, through pages, upgrades and confirmations of any size', () => {
    const step = fc.record({
      pushes: fc.integer({ min: 0, max: 70 }),
      confirms: fc.integer({ min: 0, max: 60 }),
      upgrade: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const store = new MemoryStore();
        const model: string[] = [];
        let outbox = open(store);
        let pushed = 0;
        let left = 0;
        for (const { pushes, confirms, upgrade } of steps) {
          for (let n = 0; n < pushes; n += 1) {
            model.push(String(pushed));
            outbox.push(String(pushed));
            pushed += 1;
          }
          const { first, entries } = next(outbox);
          expect(first).toBe(BigInt(left));
          expect(entries).toEqual(model.slice(0, entries.length));
          expect(entries.length > 0).toBe(model.length > 0);
          const confirmed = Math.min(confirms, model.length);
          outbox.confirmed(BigInt(left + confirmed));
          model.splice(0, confirmed);
          left += confirmed;
          if (upgrade) outbox = open(store);
          expect(outbox.size).toBe(model.length);
        }
        // What has left takes no room: the head, and the pages of what is held.
        expect(store.size).toBeLessThanOrEqual(2 + Math.ceil(model.length / 50) + 1);
      }),
      { numRuns: 60 },
    );
  });
});
