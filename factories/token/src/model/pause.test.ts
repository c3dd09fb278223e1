import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  approveArgs,
  bob,
  carol,
  fundedLedger,
  minter,
  NOW,
  transferArg,
  transferFromArgs,
} from '../fixtures/ledger.ts';
import { approve } from './approve.ts';
import { checkPause } from './pause.ts';
import { balanceOf } from './queries.ts';
import { transferFrom } from './transfer-from.ts';
import { transfer } from './transfer.ts';

const unavailable = { Err: { TemporarilyUnavailable: null } };

describe('a paused ledger', () => {
  const { ledger, store } = fundedLedger([
    [account(alice), 1_000n],
    [account(bob), 1_000n],
  ]);
  approve(ledger, alice, approveArgs({ amount: 500n }), NOW);

  test('answers transfers, mints, burns, approvals and spending as unavailable, and writes nothing', () => {
    ledger.paused = true;
    const { set, delete: gone } = { ...store.operations };
    const moves = [
      transfer(ledger, alice, transferArg({ amount: 1n }), NOW),
      transfer(ledger, minter.owner, transferArg({ amount: 1n }), NOW),
      transfer(ledger, alice, transferArg({ to: minter, amount: 50n }), NOW),
      approve(ledger, alice, approveArgs({ amount: 0n }), NOW),
      transferFrom(ledger, bob, transferFromArgs({ amount: 1n }), NOW),
    ];
    for (const answer of moves) expect(answer).toEqual(unavailable);
    expect(store.operations).toMatchObject({ set, delete: gone });
    expect(balanceOf(ledger, account(alice))).toBe(990n);
  });

  test('goes on as if nothing had been', () => {
    ledger.paused = false;
    expect(transferFrom(ledger, bob, transferFromArgs({ amount: 1n }), NOW)).toHaveProperty('Ok');
    expect(balanceOf(ledger, account(carol))).toBe(1n);
  });
});

describe('pausing', () => {
  test('is for the pauser of the order', () => {
    expect(checkPause(alice, alice)).toEqual({ Ok: null });
    expect(checkPause(alice, bob)).toMatchObject({ Err: { code: 'token.not_the_pauser' } });
  });

  test('is for nobody where the order names none', () => {
    expect(checkPause(null, alice)).toMatchObject({ Err: { code: 'token.not_the_pauser' } });
  });
});
