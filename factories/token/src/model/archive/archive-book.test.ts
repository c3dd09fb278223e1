import { MemoryStore } from '@fabrica/core/store';
import { expect, test } from 'vitest';

import { user } from '../../fixtures/ledger.ts';
import { ArchiveBook } from './archive-book.ts';

test('the making of an archive goes on after an upgrade, from the step it had reached', () => {
  const store = new MemoryStore();
  const book = new ArchiveBook(store);
  expect([book.archives, book.making, book.failure, book.lost]).toEqual([
    [],
    { Nothing: null },
    null,
    0,
  ]);
  book.make({ Canister: null });
  book.lose();
  book.make({ Module: user(1) });
  book.note('The factory did not answer');
  const later = new ArchiveBook(store);
  expect(later.making).toEqual({ Module: user(1) });
  expect([later.failure, later.lost]).toEqual(['The factory did not answer', 1]);
  later.add({ canister: user(1), start: 0 });
  later.add({ canister: user(2), start: 64 });
  const last = new ArchiveBook(store);
  expect(last.archives).toEqual([
    { canister: user(1), start: 0 },
    { canister: user(2), start: 64 },
  ]);
  expect([last.making, last.failure, last.lost]).toEqual([{ Nothing: null }, null, 1]);
});
