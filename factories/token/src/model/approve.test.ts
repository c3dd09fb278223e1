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
} from '../fixtures/ledger.ts';
import type { Account, ApproveArgs } from '../standards.ts';
import { MAX_AMOUNT } from './amount.ts';
import { approve } from './approve.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger, LedgerTerms } from './ledger.ts';
import { allowance, balanceOf } from './queries.ts';
import { decodeTransaction } from './transaction.ts';

function opened(terms: Partial<LedgerTerms> = {}, balance = 100n): Ledger {
  return fundedLedger([[account(alice), balance]], terms).ledger;
}

function give(ledger: Ledger, fields: Partial<ApproveArgs>, now = NOW, caller = alice) {
  return approve(ledger, caller, approveArgs(fields), now);
}

function allowed(ledger: Ledger, spender: Account = account(bob), now = NOW) {
  return allowance(ledger, { account: account(alice), spender }, now);
}

describe('icrc2_approve', () => {
  test('sets the allowance and costs the fee; more than the balance may be approved', () => {
    const ledger = opened();
    expect(give(ledger, { amount: 5_000n })).toEqual({ Ok: 1n });
    expect(allowed(ledger)).toEqual({ allowance: 5_000n, expires_at: null });
    expect(balanceOf(ledger, account(alice))).toBe(90n);
    expect(ledger.blocks.supply).toBe(90n);
    expect(decodeTransaction(ledger.blocks.at(1)!.transaction).operation).toBe('approve');
  });

  test('pays the fee to the collector, if there is one', () => {
    const ledger = opened({ feeCollector: account(carol) });
    expect(give(ledger, { amount: 1n })).toEqual({ Ok: 1n });
    expect(balanceOf(ledger, account(carol))).toBe(10n);
    expect(ledger.blocks.supply).toBe(100n);
  });

  test('resets allowance and expiry, whatever they were', () => {
    const ledger = opened();
    give(ledger, { amount: 7n, expires_at: NOW + 5n });
    expect(allowed(ledger)).toEqual({ allowance: 7n, expires_at: NOW + 5n });
    give(ledger, { amount: 3n });
    expect(allowed(ledger)).toEqual({ allowance: 3n, expires_at: null });
  });

  test('of 0 removes the allowance and its entry', () => {
    const { ledger, store } = fundedLedger([[account(alice), 100n]]);
    const size = store.size;
    give(ledger, { amount: 7n });
    expect(store.size).toBe(size + 1);
    expect(give(ledger, { amount: 0n, expected_allowance: 7n })).toEqual({ Ok: 2n });
    expect(store.size).toBe(size);
    expect(allowed(ledger)).toEqual({ allowance: 0n, expires_at: null });
  });

  test('keeps an amount beyond any account as the largest', () => {
    const ledger = opened();
    expect(give(ledger, { amount: 2n ** 256n - 1n })).toEqual({ Ok: 1n });
    expect(allowed(ledger).allowance).toBe(MAX_AMOUNT);
  });

  test('knows subaccounts apart, and the default one by both its names', () => {
    const ledger = opened();
    give(ledger, { amount: 7n, spender: account(bob, 1) });
    give(ledger, { amount: 8n, spender: account(bob, 0), from_subaccount: new Uint8Array(32) });
    expect(allowed(ledger, account(bob, 1)).allowance).toBe(7n);
    expect(allowed(ledger, account(bob)).allowance).toBe(8n);
  });

  test('answers AllowanceChanged unless the allowance is the expected one', () => {
    const ledger = opened();
    const Err = { AllowanceChanged: { current_allowance: 0n } };
    expect(give(ledger, { amount: 1n, expected_allowance: 1n })).toEqual({ Err });
    expect(give(ledger, { amount: 1n, expected_allowance: 2n ** 200n })).toEqual({ Err });
    expect(give(ledger, { amount: 1n, expected_allowance: 0n })).toEqual({ Ok: 1n });
    expect(give(ledger, { amount: 1n, expected_allowance: 0n })).toEqual({
      Err: { AllowanceChanged: { current_allowance: 1n } },
    });
  });

  test('takes an expired allowance for none', () => {
    const ledger = opened();
    give(ledger, { amount: 7n, expires_at: NOW + 5n });
    const later = NOW + 5n;
    expect(allowed(ledger, account(bob), later - 1n).allowance).toBe(7n);
    expect(allowed(ledger, account(bob), later)).toEqual({ allowance: 0n, expires_at: null });
    expect(give(ledger, { amount: 1n, expected_allowance: 0n }, later)).toEqual({ Ok: 2n });
  });

  test('answers Expired unless it expires after now', () => {
    const ledger = opened();
    for (const expires_at of [0n, NOW - 1n, NOW]) {
      expect(give(ledger, { amount: 1n, expires_at })).toEqual({
        Err: { Expired: { ledger_time: NOW } },
      });
    }
    expect(give(ledger, { amount: 1n, expires_at: NOW + 1n })).toEqual({ Ok: 1n });
  });

  test('answers BadFee, InsufficientFunds, TooOld, CreatedInFuture and Duplicate as a transfer does', () => {
    const ledger = opened({}, 10n);
    expect(give(ledger, { fee: 0n })).toEqual({ Err: { BadFee: { expected_fee: 10n } } });
    expect(give(ledger, { created_at_time: 0n })).toEqual({ Err: { TooOld: null } });
    expect(give(ledger, { created_at_time: 2n * NOW })).toEqual({
      Err: { CreatedInFuture: { ledger_time: NOW } },
    });
    const call = { amount: 1n, fee: 10n, created_at_time: NOW };
    expect(give(ledger, call)).toEqual({ Ok: 1n });
    expect(give(ledger, call)).toEqual({ Err: { Duplicate: { duplicate_of: 1n } } });
    expect(give(ledger, { ...call, expires_at: NOW + 9n })).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
  });

  test('refuses to approve the caller himself, whatever the subaccount', () => {
    const Err = genericErrors.selfApproval;
    expect(give(opened(), { spender: account(alice) })).toEqual({ Err });
    expect(give(opened(), { spender: account(alice, 4) })).toEqual({ Err });
  });

  test('refuses the minting account, which does not delegate', () => {
    expect(give(opened(), { amount: 1n }, NOW, minter.owner)).toEqual({
      Err: genericErrors.mintingAccountDelegates,
    });
  });

  test('refuses lengths that no subaccount and no memo has', () => {
    const Err = genericErrors.subaccountLength;
    expect(give(opened(), { from_subaccount: new Uint8Array(3) })).toEqual({ Err });
    const spender = { owner: bob, subaccount: new Uint8Array(3) };
    expect(give(opened(), { spender })).toEqual({ Err });
    expect(give(opened(), { memo: new Uint8Array(33) })).toEqual({ Err: genericErrors.memoLength });
  });
});
