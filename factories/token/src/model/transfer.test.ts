import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  bob,
  carol,
  fundedLedger,
  minter,
  NOW,
  openLedger,
  transferArg,
} from '../fixtures/ledger.ts';
import type { Account, TransferArg } from '../standards.ts';
import { MAX_AMOUNT } from './amount.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger, LedgerTerms } from './ledger.ts';
import { balanceOf } from './queries.ts';
import { PERMITTED_DRIFT, TRANSACTION_WINDOW } from './recent-transactions.ts';
import { decodeTransaction } from './transaction.ts';
import { transfer } from './transfer.ts';

function opened(terms: Partial<LedgerTerms> = {}): Ledger {
  return fundedLedger([[account(alice), 1_000n]], terms).ledger;
}

function send(ledger: Ledger, fields: Partial<TransferArg>, now = NOW, caller = alice) {
  return transfer(ledger, caller, transferArg(fields), now);
}

function balances(ledger: Ledger, ...accounts: Account[]): bigint[] {
  return accounts.map((each) => balanceOf(ledger, each));
}

describe('icrc1_transfer', () => {
  test('moves the amount, and the sender pays the fee, which is burned', () => {
    const ledger = opened();
    expect(send(ledger, { amount: 300n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice), account(bob))).toEqual([690n, 300n]);
    expect(ledger.blocks.supply).toBe(990n);
  });

  test('pays the fee to the collector, if there is one', () => {
    const ledger = opened({ feeCollector: account(carol, 7) });
    expect(send(ledger, { amount: 300n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice), account(carol, 7))).toEqual([690n, 10n]);
    expect(ledger.blocks.supply).toBe(1_000n);
  });

  test('takes the fee that agrees with the ledger, and answers BadFee to any other', () => {
    const ledger = opened();
    expect(send(ledger, { amount: 1n, fee: 10n })).toEqual({ Ok: 1n });
    for (const fee of [0n, 9n, 11n, 2n ** 200n]) {
      expect(send(ledger, { amount: 1n, fee })).toEqual({ Err: { BadFee: { expected_fee: 10n } } });
    }
  });

  test('leaves no entry of an account that is emptied', () => {
    const { ledger, store } = fundedLedger([[account(alice), 310n]]);
    const size = store.size;
    expect(send(ledger, { amount: 300n })).toEqual({ Ok: 1n });
    expect(store.size).toBe(size);
  });

  test('answers InsufficientFunds when amount and fee exceed the balance, whatever their size', () => {
    const ledger = opened();
    for (const amount of [991n, 1_000n, MAX_AMOUNT, 2n ** 300n]) {
      expect(send(ledger, { amount })).toEqual({ Err: { InsufficientFunds: { balance: 1_000n } } });
    }
    expect(send(ledger, { amount: 990n })).toEqual({ Ok: 1n });
  });

  test('to oneself costs only the fee', () => {
    const ledger = opened();
    expect(send(ledger, { to: account(alice, 0), amount: 990n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice))).toEqual([990n]);
  });

  test('of a collector gives the fee back to the collector', () => {
    const ledger = opened({ feeCollector: account(alice) });
    expect(send(ledger, { amount: 300n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice), account(bob))).toEqual([700n, 300n]);
  });

  test('moves from the subaccount named, and only from the caller’s own', () => {
    const ledger = fundedLedger([[account(alice, 5), 100n]]).ledger;
    const from_subaccount = new Uint8Array(32).fill(5);
    expect(send(ledger, { from_subaccount, amount: 1n }, NOW, bob)).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
    expect(send(ledger, { from_subaccount, amount: 1n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice, 5), account(alice))).toEqual([89n, 0n]);
  });

  test.each([0, 1, 31, 33])('refuses a subaccount of %i bytes', (length) => {
    const odd = new Uint8Array(length);
    const Err = genericErrors.subaccountLength;
    expect(send(opened(), { from_subaccount: odd })).toEqual({ Err });
    expect(send(opened(), { to: { owner: bob, subaccount: odd } })).toEqual({ Err });
  });

  test('takes a memo of 32 bytes and refuses one of 33', () => {
    expect(send(opened(), { memo: new Uint8Array(32) })).toEqual({ Ok: 1n });
    expect(send(opened(), { memo: new Uint8Array(33) })).toEqual({ Err: genericErrors.memoLength });
  });

  test('records the call as it was given, and the fee it cost', () => {
    const ledger = opened();
    const memo = Uint8Array.of(1, 2, 3);
    send(ledger, { from_subaccount: new Uint8Array(32), amount: 5n, memo, created_at_time: NOW });
    const block = ledger.blocks.at(1)!;
    expect(block).toMatchObject({ timestamp: NOW, fee: 10n });
    expect(decodeTransaction(block.transaction)).toEqual({
      operation: 'xfer',
      call: {
        // The default subaccount was named, which is part of what was given.
        from: account(alice, 0),
        to: account(bob),
        spender: null,
        amount: 5n,
        fee: null,
        memo,
        createdAt: NOW,
        expectedAllowance: null,
        expiresAt: null,
      },
    });
  });
});

describe('created_at_time', () => {
  const edge = TRANSACTION_WINDOW + PERMITTED_DRIFT;

  test('before the window is TooOld', () => {
    expect(send(opened(), { created_at_time: NOW - edge - 1n })).toEqual({ Err: { TooOld: null } });
    expect(send(opened(), { created_at_time: NOW - edge })).toEqual({ Ok: 1n });
    expect(send(opened(), { created_at_time: 0n })).toEqual({ Err: { TooOld: null } });
  });

  test('beyond the permitted drift is CreatedInFuture', () => {
    const created_at_time = NOW + PERMITTED_DRIFT;
    expect(send(opened(), { created_at_time })).toEqual({ Ok: 1n });
    expect(send(opened(), { created_at_time: created_at_time + 1n })).toEqual({
      Err: { CreatedInFuture: { ledger_time: NOW } },
    });
  });

  test('makes the same call a Duplicate of the block that recorded it, to the end of the window', () => {
    const ledger = opened();
    const call = { amount: 900n, fee: 10n, memo: Uint8Array.of(9), created_at_time: NOW };
    const Err = { Duplicate: { duplicate_of: 1n } };
    expect(send(ledger, call)).toEqual({ Ok: 1n });
    // Also when the account could not pay a second time.
    expect(send(ledger, call)).toEqual({ Err });
    expect(send(ledger, call, NOW + edge)).toEqual({ Err });
    expect(send(ledger, call, NOW + edge + 1n)).toEqual({ Err: { TooOld: null } });
  });

  test('does not deduplicate calls that differ in anything, or name no time', () => {
    const ledger = opened();
    const call = { amount: 1n, created_at_time: NOW };
    const different: Partial<TransferArg>[] = [
      call,
      { ...call, amount: 2n },
      { ...call, fee: 10n },
      { ...call, memo: new Uint8Array() },
      { ...call, memo: Uint8Array.of(1) },
      { ...call, to: account(carol) },
      { ...call, to: account(bob, 0) },
      { ...call, from_subaccount: new Uint8Array(32) },
      { ...call, created_at_time: NOW + 1n },
      { amount: 1n },
      { amount: 1n },
    ];
    different.forEach((each, at) => {
      expect(send(ledger, each)).toEqual({ Ok: BigInt(at + 1) });
    });
  });

  test('does not deduplicate a call that was refused', () => {
    const ledger = opened();
    const call = { amount: 1_000n, created_at_time: NOW };
    expect(send(ledger, call)).toEqual({ Err: { InsufficientFunds: { balance: 1_000n } } });
    transfer(ledger, minter.owner, transferArg({ to: account(alice), amount: 10n }), NOW);
    expect(send(ledger, call)).toEqual({ Ok: 2n });
  });
});

describe('the minting account', () => {
  test('mints by sending, without a fee', () => {
    const { ledger } = openLedger();
    expect(send(ledger, { amount: 500n }, NOW, minter.owner)).toEqual({ Ok: 0n });
    expect(ledger.blocks.supply).toBe(500n);
    expect(decodeTransaction(ledger.blocks.at(0)!.transaction).operation).toBe('mint');
    expect(send(ledger, { amount: 1n, fee: 0n }, NOW, minter.owner)).toEqual({ Ok: 1n });
    expect(send(ledger, { amount: 1n, fee: 10n }, NOW, minter.owner)).toEqual({
      Err: { BadFee: { expected_fee: 0n } },
    });
  });

  test('does not mint beyond the maximum supply, nor beyond what amounts can hold', () => {
    const Err = genericErrors.maxSupply;
    const { ledger } = openLedger({ maxSupply: 100n });
    expect(send(ledger, { amount: 101n }, NOW, minter.owner)).toEqual({ Err });
    expect(send(ledger, { amount: 100n }, NOW, minter.owner)).toEqual({ Ok: 0n });
    expect(send(ledger, { amount: 1n }, NOW, minter.owner)).toEqual({ Err });
    const open = openLedger().ledger;
    expect(send(open, { amount: MAX_AMOUNT + 1n }, NOW, minter.owner)).toEqual({ Err });
    expect(send(open, { amount: MAX_AMOUNT }, NOW, minter.owner)).toEqual({ Ok: 0n });
    expect(open.blocks.supply).toBe(MAX_AMOUNT);
  });

  test('burns by receiving, without a fee', () => {
    const ledger = opened();
    expect(send(ledger, { to: minter, amount: 1_000n })).toEqual({ Ok: 1n });
    expect(balances(ledger, account(alice), minter)).toEqual([0n, 0n]);
    expect(ledger.blocks.supply).toBe(0n);
    expect(decodeTransaction(ledger.blocks.at(1)!.transaction).operation).toBe('burn');
    expect(send(ledger, { to: minter, amount: 10n, fee: 10n })).toEqual({
      Err: { BadFee: { expected_fee: 0n } },
    });
  });

  test('burns no less than the fee, or all of an account that holds less', () => {
    const ledger = opened();
    expect(send(ledger, { to: minter, amount: 9n })).toEqual({
      Err: { BadBurn: { min_burn_amount: 10n } },
    });
    expect(send(ledger, { to: minter, amount: 995n })).toEqual({ Ok: 1n });
    expect(send(ledger, { to: minter, amount: 4n })).toEqual({
      Err: { BadBurn: { min_burn_amount: 5n } },
    });
    expect(send(ledger, { to: minter, amount: 5n })).toEqual({ Ok: 2n });
    expect(send(ledger, { to: minter, amount: 0n })).toEqual({
      Err: { BadBurn: { min_burn_amount: 1n } },
    });
    expect(send(ledger, { to: minter, amount: 1n })).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
  });

  test('is one subaccount: the others of its owner are ordinary', () => {
    const ledger = openLedger({ minter: account(alice, 1) }).ledger;
    expect(send(ledger, { amount: 5n })).toEqual({ Err: { InsufficientFunds: { balance: 0n } } });
    const from_subaccount = new Uint8Array(32).fill(1);
    expect(send(ledger, { from_subaccount, to: account(alice), amount: 50n })).toEqual({ Ok: 0n });
    expect(send(ledger, { amount: 40n })).toEqual({ Ok: 1n });
  });

  test('cannot send to itself', () => {
    expect(send(openLedger().ledger, { to: minter, amount: 5n }, NOW, minter.owner)).toEqual({
      Err: genericErrors.mintToMintingAccount,
    });
  });

  test('does not exist where none was ordered', () => {
    const { ledger } = openLedger({ minter: null });
    expect(send(ledger, { amount: 1n }, NOW, minter.owner)).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
  });
});
