import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  bob,
  fundedLedger,
  NOW,
  openLedger,
  transferArg,
} from '../fixtures/ledger.ts';
import { PERMITTED_DRIFT, TRANSACTION_WINDOW } from './recent-transactions.ts';
import { transfer } from './transfer.ts';

const REMEMBERED = TRANSACTION_WINDOW + 2n * PERMITTED_DRIFT;

function withTransfers(count: number) {
  const opened = fundedLedger([[account(alice), 1_000_000n]], { fee: 0n });
  const times = Array.from({ length: count }, (_, at) => NOW + BigInt(at));
  for (const now of times) {
    transfer(opened.ledger, alice, transferArg({ created_at_time: now }), now);
  }
  return { ...opened, times };
}

describe('forgetting recent transactions', () => {
  test('keeps what could still be sent again, and says when to come back', () => {
    const { ledger, times } = withTransfers(3);
    expect(ledger.recent.forget(NOW + 100n, 50)).toBe(REMEMBERED - 99n);
    const last = NOW + REMEMBERED;
    expect(ledger.recent.forget(last, 50)).toBe(1n);
    const arg = transferArg({ created_at_time: times[0]! });
    // At the last moment the window allows for a clock that was ahead, it is still a duplicate.
    const edge = times[0]! + TRANSACTION_WINDOW + PERMITTED_DRIFT;
    expect(transfer(ledger, alice, arg, edge)).toEqual({
      Err: { Duplicate: { duplicate_of: 1n } },
    });
    expect(transfer(ledger, alice, arg, edge + 1n)).toEqual({ Err: { TooOld: null } });
  });

  test('drops what is too old, within its limit, and ends', () => {
    const { ledger, store } = withTransfers(40);
    const size = store.size;
    const late = NOW + REMEMBERED + 1_000n;
    expect(ledger.recent.forget(late, 16)).toBe(0n);
    // The cursor is an entry of its own; the first block is a mint that was never remembered.
    expect(store.size).toBe(size - 15 + 1);
    expect(ledger.recent.forget(late, 16)).toBe(0n);
    expect(ledger.recent.forget(late, 16)).toBe(null);
    expect(store.size).toBe(size - 40 + 1);
    expect(ledger.recent.forget(late, 16)).toBe(null);
  });

  test('passes over blocks that were never remembered', () => {
    const { ledger } = fundedLedger([[account(alice), 100n]]);
    for (let at = 0; at < 5; at += 1)
      transfer(ledger, alice, transferArg({ to: account(bob) }), NOW);
    expect(ledger.recent.forget(NOW, 50)).toBe(null);
  });

  test('goes on after an upgrade where it stopped', () => {
    const { ledger, store } = withTransfers(20);
    const late = NOW + REMEMBERED + 1_000n;
    ledger.recent.forget(late, 10);
    store.operations.delete = 0;
    expect(openLedger({}, store).ledger.recent.forget(late, 50)).toBe(null);
    expect(store.operations.delete).toBe(11);
  });
});
