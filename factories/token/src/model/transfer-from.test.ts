import { beforeEach, describe, expect, test } from 'vitest';

import {
  account,
  alice,
  approveArgs,
  bob,
  carol,
  fundedLedger,
  minter,
  NOW,
  transferFromArgs,
} from '../fixtures/ledger.ts';
import type { ApproveArgs, TransferFromArgs } from '../standards.ts';
import { MAX_AMOUNT } from './amount.ts';
import { approve } from './approve.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { allowance, balanceOf } from './queries.ts';
import { decodeTransaction } from './transaction.ts';
import { transferFrom } from './transfer-from.ts';

let ledger: Ledger;

beforeEach(() => {
  ({ ledger } = fundedLedger([[account(alice), 1_010n]]));
});

function allow(fields: Partial<ApproveArgs>) {
  expect(approve(ledger, alice, approveArgs(fields), NOW)).toHaveProperty('Ok');
}

function take(fields: Partial<TransferFromArgs>, now = NOW, caller = bob) {
  return transferFrom(ledger, caller, transferFromArgs(fields), now);
}

function left(spender = account(bob), now = NOW) {
  return allowance(ledger, { account: account(alice), spender }, now);
}

describe('icrc2_transfer_from', () => {
  test('moves the amount; amount and fee leave the account and the allowance', () => {
    allow({ amount: 500n, expires_at: NOW + 9n });
    expect(take({ amount: 100n })).toEqual({ Ok: 2n });
    expect(balanceOf(ledger, account(alice))).toBe(890n);
    expect(balanceOf(ledger, account(carol))).toBe(100n);
    expect(left()).toEqual({ allowance: 390n, expires_at: NOW + 9n });
    const { operation, call } = decodeTransaction(ledger.blocks.at(2)!.transaction);
    expect(operation).toBe('xfer');
    expect(call.spender).toEqual(account(bob));
  });

  test('answers InsufficientAllowance before InsufficientFunds', () => {
    expect(take({ amount: 1n })).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
    allow({ amount: 109n });
    expect(take({ amount: 100n })).toEqual({ Err: { InsufficientAllowance: { allowance: 109n } } });
    allow({ amount: MAX_AMOUNT });
    expect(take({ amount: 2n ** 300n })).toEqual({
      Err: { InsufficientAllowance: { allowance: MAX_AMOUNT } },
    });
    expect(take({ amount: 5_000n })).toEqual({ Err: { InsufficientFunds: { balance: 990n } } });
  });

  test('keeps no entry of an allowance that is used up', () => {
    const opened = fundedLedger([[account(alice), 1_010n]]);
    ({ ledger } = opened);
    const size = opened.store.size;
    allow({ amount: 110n });
    expect(take({ amount: 100n, to: account(alice) })).toEqual({ Ok: 2n });
    expect(opened.store.size).toBe(size);
    expect(take({ amount: 0n })).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
  });

  test('cannot use an allowance that has expired', () => {
    allow({ amount: 500n, expires_at: NOW + 5n });
    expect(take({ amount: 1n }, NOW + 5n)).toEqual({
      Err: { InsufficientAllowance: { allowance: 0n } },
    });
    expect(take({ amount: 1n }, NOW + 4n)).toEqual({ Ok: 2n });
  });

  test('spends for the spender’s subaccount only', () => {
    allow({ amount: 500n, spender: account(bob, 3) });
    expect(take({ amount: 1n })).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
    expect(take({ amount: 1n, spender_subaccount: new Uint8Array(32).fill(3) })).toEqual({
      Ok: 2n,
    });
  });

  test('needs no allowance for the spender’s own account, and uses none', () => {
    expect(take({ amount: 100n }, NOW, alice)).toEqual({ Ok: 1n });
    expect(balanceOf(ledger, account(alice))).toBe(900n);
    // Another subaccount of the same owner is another account.
    expect(take({ amount: 1n, from: account(alice, 1) }, NOW, alice)).toEqual({
      Err: { InsufficientAllowance: { allowance: 0n } },
    });
  });

  test('burns when it goes to the minting account, without a fee', () => {
    allow({ amount: 100n });
    expect(take({ to: minter, amount: 9n })).toEqual({
      Err: { BadBurn: { min_burn_amount: 10n } },
    });
    expect(take({ to: minter, amount: 100n, fee: 0n })).toEqual({ Ok: 2n });
    expect(ledger.blocks.supply).toBe(900n);
    expect(left().allowance).toBe(0n);
  });

  test('cannot spend from the minting account', () => {
    expect(take({ from: minter, amount: 1n }, NOW, minter.owner)).toEqual({
      Err: genericErrors.mintingAccountDelegates,
    });
  });

  test('answers BadFee, TooOld, CreatedInFuture and Duplicate as a transfer does', () => {
    allow({ amount: 110n });
    expect(take({ fee: 9n })).toEqual({ Err: { BadFee: { expected_fee: 10n } } });
    expect(take({ created_at_time: 0n })).toEqual({ Err: { TooOld: null } });
    expect(take({ created_at_time: 2n * NOW })).toEqual({
      Err: { CreatedInFuture: { ledger_time: NOW } },
    });
    const call = { amount: 100n, created_at_time: NOW };
    expect(take(call)).toEqual({ Ok: 2n });
    expect(take(call)).toEqual({ Err: { Duplicate: { duplicate_of: 2n } } });
    // The same call by another spender is another transaction.
    expect(take(call, NOW, carol)).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
  });

  test('refuses lengths that no subaccount and no memo has', () => {
    const Err = genericErrors.subaccountLength;
    const odd = new Uint8Array(31);
    expect(take({ spender_subaccount: odd })).toEqual({ Err });
    expect(take({ from: { owner: alice, subaccount: odd } })).toEqual({ Err });
    expect(take({ to: { owner: carol, subaccount: odd } })).toEqual({ Err });
    expect(take({ memo: new Uint8Array(33) })).toEqual({ Err: genericErrors.memoLength });
  });

  test('of nothing with no fee leaves the allowance alone', () => {
    ({ ledger } = fundedLedger([[account(alice), 5n]], { fee: 0n }));
    allow({ amount: 3n });
    expect(take({ amount: 0n })).toEqual({ Ok: 2n });
    expect(left().allowance).toBe(3n);
  });
});
