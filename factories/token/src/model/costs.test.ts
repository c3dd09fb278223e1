import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  approveArgs,
  bob,
  carol,
  fundedLedger,
  NOW,
  transferArg,
  transferFromArgs,
} from '../fixtures/ledger.ts';
import { approve } from './approve.ts';
import { balanceOf } from './queries.ts';
import { transferFrom } from './transfer-from.ts';
import { transfer } from './transfer.ts';

/*
 * Store operations are most of what a call costs in a canister: about 60 K instructions for a get and 110 K for a
 * set. The budgets in instructions stand in bench/budgets.json.
 */
const opened = fundedLedger([
  [account(alice), 10_000n],
  [account(bob), 10_000n],
]);
const collected = fundedLedger([[account(alice), 10_000n]], { feeCollector: account(carol) });

function cost({ ledger, store }: typeof opened, call: (into: typeof ledger) => unknown) {
  const before = { ...store.operations };
  expect(call(ledger)).not.toHaveProperty('Err');
  const { get, set, delete: gone } = store.operations;
  return { get: get - before.get, set: set - before.set, delete: gone - before.delete };
}

describe('store operations', () => {
  test('of icrc1_balance_of', () => {
    expect(cost(opened, (ledger) => ({ Ok: balanceOf(ledger, account(alice)) }))).toEqual({
      get: 1,
      set: 0,
      delete: 0,
    });
  });

  test('of icrc1_transfer', () => {
    const arg = transferArg({ amount: 5n });
    expect(cost(opened, (ledger) => transfer(ledger, alice, arg, NOW))).toEqual({
      get: 2,
      set: 3,
      delete: 0,
    });
  });

  test('of icrc1_transfer with deduplication', () => {
    const arg = transferArg({ amount: 5n, created_at_time: NOW + 1n });
    expect(cost(opened, (ledger) => transfer(ledger, alice, arg, NOW))).toEqual({
      get: 2,
      set: 4,
      delete: 0,
    });
  });

  test('of icrc1_transfer with deduplication, when a later call came before', () => {
    const arg = transferArg({ amount: 5n, created_at_time: NOW });
    expect(cost(opened, (ledger) => transfer(ledger, alice, arg, NOW))).toEqual({
      get: 3,
      set: 4,
      delete: 0,
    });
  });

  test('of icrc1_transfer with deduplication and a fee collector', () => {
    const arg = transferArg({ amount: 5n, created_at_time: NOW + 1n });
    expect(cost(collected, (ledger) => transfer(ledger, alice, arg, NOW))).toEqual({
      get: 3,
      set: 5,
      delete: 0,
    });
  });

  test('of icrc2_approve with deduplication', () => {
    const arg = approveArgs({ amount: 500n, expected_allowance: 0n, created_at_time: NOW + 2n });
    expect(cost(opened, (ledger) => approve(ledger, alice, arg, NOW))).toEqual({
      get: 2,
      set: 4,
      delete: 0,
    });
  });

  test('of icrc2_transfer_from with deduplication', () => {
    const arg = transferFromArgs({ amount: 5n, created_at_time: NOW + 3n });
    expect(cost(opened, (ledger) => transferFrom(ledger, bob, arg, NOW))).toEqual({
      get: 3,
      set: 5,
      delete: 0,
    });
  });
});
