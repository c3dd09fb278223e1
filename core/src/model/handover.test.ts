import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equal, keyspaces, MemoryStore } from '../store/index.ts';
import { controllersAfter, openHandoverBook, outcomeOf, type Handover } from './handover.ts';

const FACTORY = Uint8Array.of(1);
const OWNER = Uint8Array.of(2);
const OTHER = Uint8Array.of(3);
const accepting = { state: { Accepting: null }, to: OTHER } as const;
const releasing = { state: { Releasing: null }, to: OWNER } as const;
const handover = (number: number, state: Handover['state']): Handover => ({
  contract: Uint8Array.of(9),
  number,
  from: OWNER,
  to: OTHER,
  state,
  since: 1n,
});

test('a transfer leaves the contract to the factory and the new owner', () => {
  expect(controllersAfter(accepting, [FACTORY, OWNER], FACTORY)).toEqual([FACTORY, OTHER]);
});

test('a release leaves it to its owner and whom the owner added', () => {
  expect(controllersAfter(releasing, [FACTORY, OWNER, OTHER], FACTORY)).toEqual([OWNER, OTHER]);
});

test('whatever controllers there were, at least one remains, and the platform then says it is done', () => {
  const who = fc.constantFrom(FACTORY, OWNER, OTHER);
  const which = fc.constantFrom(accepting, releasing);
  fc.assert(
    fc.property(which, fc.uniqueArray(who), (handover, controllers) => {
      const after = controllersAfter(handover, controllers, FACTORY);
      expect(after.some((controller) => equal(controller, handover.to))).toBe(true);
      expect(outcomeOf(handover, after, FACTORY)).toBe('done');
    }),
  );
});

test('what has not happened, or can no longer, is told apart from what has', () => {
  expect(outcomeOf(accepting, [FACTORY, OWNER], FACTORY)).toBe('open');
  expect(outcomeOf(accepting, [OWNER], FACTORY)).toBe('lost');
  expect(outcomeOf(releasing, [FACTORY, OWNER], FACTORY)).toBe('open');
});

test('handovers under way are known after a restart; offers wait without taking room', () => {
  const store = new MemoryStore();
  const open = () => openHandoverBook(keyspaces(store, { handovers: 0, openHandovers: 1 }));
  const book = open();
  book.save(handover(4, { Offered: null }));
  expect(book.open).toEqual([]);
  book.save(handover(4, { Accepting: null }));
  book.save(handover(5, { Releasing: null }));
  expect(open().open).toEqual([4, 5]);
  book.save(handover(4, { Offered: null }));
  book.delete(5);
  expect(open().open).toEqual([]);
  expect(open().of(4)).toEqual(handover(4, { Offered: null }));
  expect(open().of(5)).toBeNull();
});
