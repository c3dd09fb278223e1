import { describe, expect, test } from 'vitest';
import { keyspaces, MemoryStore } from '../../store/index.ts';
import { LEAST_TOP_UP, TopUpBook, type TopUp } from './top-ups.ts';

const DAY = 86_400_000_000_000n;
const T = LEAST_TOP_UP;
const contract = Uint8Array.of(1);
const by = Uint8Array.of(2);

function openBook(store = new MemoryStore()) {
  const space = keyspaces(store, { topUpQuotas: 0, topUpsUsed: 1, topUps: 2 });
  return new TopUpBook(space, { perContract: 10n * T, perDay: 15n * T, byOwners: false });
}

function send(book: TopUpBook, number: number, cycles: bigint, at: bigint, state?: TopUp['state']) {
  const topUp = book.begin(number, { contract, cycles, by, at });
  if (state !== undefined) book.end(number, topUp, state);
}

describe('top-ups', () => {
  test('use the quotas of their contract and of all before they are sent', () => {
    const book = openBook();
    send(book, 1, 8n * T, 5n);
    expect([book.left(1, 6n), book.left(2, 6n)]).toEqual([2n * T, 7n * T]);
    send(book, 2, 7n * T, 6n, { Sent: null });
    expect([book.left(1, 7n), book.left(2, 7n)]).toEqual([0n, 0n]);
  });
  test('may be made again a day after the first', () => {
    const book = openBook();
    send(book, 1, 10n * T, 5n, { Sent: null });
    expect(book.left(1, 4n + DAY)).toBe(0n);
    expect(book.left(1, 5n + DAY)).toBe(10n * T);
  });
  test('give their quota back only if they were surely refused, and within their day', () => {
    const book = openBook();
    send(book, 1, 4n * T, 5n, { Refused: null });
    expect(book.left(1, 6n)).toBe(10n * T);
    send(book, 1, 4n * T, 6n, { Unknown: null });
    expect(book.left(1, 7n)).toBe(6n * T);
    const late = book.begin(1, { contract, cycles: 2n * T, by, at: 8n });
    send(book, 1, 3n * T, 9n + DAY, { Sent: null });
    book.end(1, late, { Refused: null });
    expect(book.left(1, 9n + DAY)).toBe(7n * T);
  });
  test('whose message is gone are unknown, and stay so after an upgrade', () => {
    const store = new MemoryStore();
    const book = openBook(store);
    send(book, 1, T, 5n, { Sent: null });
    send(book, 1, T, 6n);
    const states = (of: TopUpBook) => of.page(null, 50).topUps.map(({ state }) => state);
    expect(states(book)).toEqual([{ Sending: null }, { Sent: null }]);
    expect(states(openBook(store))).toEqual([{ Unknown: null }, { Sent: null }]);
    expect(openBook(store).left(1, 7n)).toBe(8n * T);
  });
  test('are told in pages, newest first', () => {
    const book = openBook();
    for (let n = 0; n < 5; n += 1) send(book, n, T, 5n, { Sent: null });
    const { topUps, next } = book.page(null, 3);
    expect(topUps.map(({ number }) => number)).toEqual([4, 3, 2]);
    expect(book.page(next, 3)).toMatchObject({
      topUps: [{ number: 1 }, { number: 0 }],
      next: null,
    });
  });
});
