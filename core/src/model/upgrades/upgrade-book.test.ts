import { beforeEach, expect, test } from 'vitest';
import { keyspaces, MemoryStore } from '../../store/index.ts';
import { MAX_OPEN, UpgradeBook } from './upgrade-book.ts';
import { phase, prepared, type FinalPhase } from './upgrade.ts';

const numbers = { upgrades: 0, openUpgrades: 1, upgradeHistory: 2, upgradeChoices: 3 };
const upgrade = (number: number) =>
  prepared(
    {
      contract: Uint8Array.of(number),
      number,
      fromVersion: '1.0.0',
      fromHash: new Uint8Array(32),
      toVersion: '1.1.0',
      toHash: new Uint8Array(32).fill(1),
      initiator: { Owner: null },
      requestedBy: Uint8Array.of(7),
    },
    1n,
  );

let store: MemoryStore;
let book: UpgradeBook;
const reopen = () => (book = new UpgradeBook(keyspaces(store, numbers)));

beforeEach(() => {
  store = new MemoryStore();
  reopen();
});

const finish = (number: number, ending: FinalPhase, at: bigint) => {
  book.begin(upgrade(number));
  book.save({ ...upgrade(number), phase: phase(ending), changedAt: at }, at);
};

test('what is open is known after a restart', () => {
  book.begin(upgrade(3));
  book.begin(upgrade(5));
  reopen();
  expect(book.open).toEqual([3, 5]);
  expect(book.of(5)).toEqual(upgrade(5));
  expect(book.of(4)).toBeNull();
});

test('a contract is upgraded once at a time, and so many at once', () => {
  book.begin(upgrade(0));
  expect(() => book.begin(upgrade(0))).toThrow();
  for (let number = 1; number < MAX_OPEN; number += 1) book.begin(upgrade(number));
  expect(book.isFull).toBe(true);
  expect(() => book.begin(upgrade(MAX_OPEN))).toThrow();
});

test('what ended is counted and kept, newest first, by contract and for all', () => {
  finish(1, 'Restored', 10n);
  finish(2, 'Committed', 20n);
  finish(1, 'Failed', 30n);
  finish(1, 'Committed', 40n);
  reopen();
  expect(book.open).toEqual([]);
  expect(book.totals).toEqual({ committed: 2, restored: 1, failed: 1 });
  const times = (page: { upgrades: readonly { changedAt: bigint }[] }) =>
    page.upgrades.map(({ changedAt }) => changedAt);
  const first = book.historyOf(1, null, 2);
  expect(times(first)).toEqual([40n, 30n]);
  const second = book.historyOf(1, first.next, 2);
  expect(times(second)).toEqual([10n]);
  expect(second.next).toBeNull();
  const all = book.history(null, 3);
  expect(times(all)).toEqual([40n, 30n, 20n]);
  expect(times(book.history(all.next, 3))).toEqual([10n]);
});

test("another contract's page cannot be read through a cursor", () => {
  finish(1, 'Committed', 10n);
  finish(2, 'Committed', 20n);
  expect(book.historyOf(2, 0, 5)).toEqual({ upgrades: [], next: null });
});

test('an owner who decided nothing did not opt in', () => {
  expect(book.choice(1)).toEqual({ autoUpgrade: false, pinned: null });
  book.choose(1, { pinned: '1.0.0' });
  book.choose(1, { autoUpgrade: true });
  expect(book.choice(1)).toEqual({ autoUpgrade: true, pinned: '1.0.0' });
});
