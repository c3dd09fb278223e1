import { describe, expect, test } from 'vitest';
import { c } from '@fabrica/core/candid';
import { keyspaces, MemoryStore } from '@fabrica/core/store';

import { entriesOf } from '../testing.ts';

import { Outbox } from './outbox.ts';

function open(store = new MemoryStore()) {
  const space = keyspaces(store, { entries: 0, base: 1 });
  return new Outbox<string>(space.entries, space.base, c.text);
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
  test('a confirmation heard twice removes nothing more', () => {
    const outbox = open();
    for (const entry of 'abc') outbox.push(entry);
    outbox.confirmed(2n);
    outbox.confirmed(2n);
    outbox.confirmed(1n);
    expect(next(outbox)).toEqual({ first: 2n, entries: ['c'] });
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
});
