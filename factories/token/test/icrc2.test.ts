import type { Principal } from '@dfinity/principal';
import { accountOf, approvalOf, transferFromOf } from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { DRIFT, FEE, openLedger, WINDOW, type TestLedger } from './fixtures/ledger.ts';

// The clauses of https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-2/README.md

const SECOND = 1_000_000_000n;

let ledger: TestLedger;
let alice: Principal;
let bob: Principal;
let carol: Principal;
let people = 0;

beforeAll(async () => {
  ledger = await openLedger(inject('replicaUrl'));
});

afterAll(async () => {
  await ledger.pic.tearDown();
});

beforeEach(async () => {
  people += 1;
  alice = await ledger.holder(`alice ${people}`, 1_000n);
  bob = createIdentity(`bob ${people}`).getPrincipal();
  carol = createIdentity(`carol ${people}`).getPrincipal();
});

describe('icrc2_approve', () => {
  it('lets the spender take the amount, for the fee', async () => {
    expect(await approve(100n)).toHaveProperty('Ok');
    expect(await allowance()).toEqual({ allowance: 100n, expires_at: [] });
    expect(await ledger.balanceOf(alice)).toBe(1_000n - FEE);
  });

  it('replaces what was approved before', async () => {
    await approve(100n);
    await approve(30n);
    expect((await allowance()).allowance).toBe(30n);
    await approve(0n);
    expect(await allowance()).toEqual({ allowance: 0n, expires_at: [] });
  });

  it('may exceed the balance', async () => {
    expect(await approve(10n ** 18n)).toHaveProperty('Ok');
    expect((await allowance()).allowance).toBe(10n ** 18n);
  });

  it('AllowanceChanged: another allowance was expected', async () => {
    await approve(100n);
    expect(await approve(50n, { expected_allowance: [99n] })).toEqual({
      Err: { AllowanceChanged: { current_allowance: 100n } },
    });
    expect((await allowance()).allowance).toBe(100n);
    expect(await approve(50n, { expected_allowance: [100n] })).toHaveProperty('Ok');
    expect((await allowance()).allowance).toBe(50n);
  });

  it('Expired: an expiry that is past', async () => {
    const now = await ledger.now();
    expect(await approve(100n, { expires_at: [now - SECOND] })).toMatchObject({
      Err: { Expired: { ledger_time: expect.any(BigInt) as bigint } },
    });
    expect((await allowance()).allowance).toBe(0n);
  });

  it('ends at its expiry', async () => {
    const expiry = (await ledger.now()) + 60n * SECOND;
    await approve(100n, { expires_at: [expiry] });
    expect(await allowance()).toEqual({ allowance: 100n, expires_at: [expiry] });
    await ledger.pic.advanceTime(61_000);
    await ledger.pic.tick();
    expect(await allowance()).toEqual({ allowance: 0n, expires_at: [] });
    expect(await take(1n)).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
  });

  it('InsufficientFunds: less than the fee', async () => {
    expect(await ledger.as(bob).icrc2_approve(approvalOf(alice, 1n))).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
  });

  it('BadFee: a fee that is not the ledger’s', async () => {
    expect(await approve(1n, { fee: [FEE + 1n] })).toEqual({
      Err: { BadFee: { expected_fee: FEE } },
    });
  });

  it('TooOld, CreatedInFuture and Duplicate, as for transfers', async () => {
    const now = await ledger.now();
    expect(await approve(1n, { created_at_time: [now - WINDOW - DRIFT - SECOND] })).toEqual({
      Err: { TooOld: null },
    });
    expect(await approve(1n, { created_at_time: [now + DRIFT + SECOND] })).toHaveProperty(
      'Err.CreatedInFuture',
    );
    const first = await approve(1n, { created_at_time: [now] });
    expect(first).toHaveProperty('Ok');
    expect(await approve(1n, { created_at_time: [now] })).toEqual({
      Err: { Duplicate: { duplicate_of: (first as { Ok: bigint }).Ok } },
    });
  });

  it('refuses to approve the caller himself', async () => {
    expect(await ledger.as(alice).icrc2_approve(approvalOf(alice, 1n))).toMatchObject({
      Err: { GenericError: { error_code: 3n } },
    });
  });

  it('is for one subaccount and one spender', async () => {
    await approve(100n, { from_subaccount: [new Uint8Array(32)] });
    expect((await allowance()).allowance).toBe(100n);
    const other = { account: accountOf(alice), spender: accountOf(carol) };
    expect((await ledger.as(bob).icrc2_allowance(other)).allowance).toBe(0n);
    const spender = { owner: bob, subaccount: [new Uint8Array(32).fill(1)] as [Uint8Array] };
    const asked = { account: accountOf(alice), spender };
    expect((await ledger.as(bob).icrc2_allowance(asked)).allowance).toBe(0n);
  });
});

describe('icrc2_transfer_from', () => {
  it('moves the amount, and uses up amount and fee of the allowance', async () => {
    await approve(200n);
    expect(await take(100n)).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(1_000n - FEE - 100n - FEE);
    expect(await ledger.balanceOf(carol)).toBe(100n);
    expect((await allowance()).allowance).toBe(200n - 100n - FEE);
  });

  it('InsufficientAllowance: one unit short of amount and fee', async () => {
    await approve(100n);
    expect(await take(101n - FEE)).toEqual({ Err: { InsufficientAllowance: { allowance: 100n } } });
    expect(await take(100n - FEE)).toHaveProperty('Ok');
    expect((await allowance()).allowance).toBe(0n);
    expect(await take(0n)).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
  });

  it('InsufficientFunds: the allowance stays as it was', async () => {
    await approve(5_000n);
    expect(await take(1_000n)).toEqual({ Err: { InsufficientFunds: { balance: 1_000n - FEE } } });
    expect((await allowance()).allowance).toBe(5_000n);
  });

  it('from one’s own account needs no approval', async () => {
    const own = transferFromOf(alice, carol, 100n);
    expect(await ledger.as(alice).icrc2_transfer_from(own)).toHaveProperty('Ok');
    expect(await ledger.balanceOf(carol)).toBe(100n);
  });

  it('is refused to whoever was not approved', async () => {
    await approve(500n);
    const theft = transferFromOf(alice, carol, 1n);
    expect(await ledger.as(carol).icrc2_transfer_from(theft)).toEqual({
      Err: { InsufficientAllowance: { allowance: 0n } },
    });
  });

  it('takes for the spender’s subaccount that was approved', async () => {
    const subaccount: [Uint8Array] = [new Uint8Array(32).fill(1)];
    await approve(500n, { spender: { owner: bob, subaccount } });
    expect(await take(1n)).toHaveProperty('Err.InsufficientAllowance');
    expect(await take(1n, { spender_subaccount: subaccount })).toHaveProperty('Ok');
  });

  it('BadFee: a fee that is not the ledger’s', async () => {
    await approve(500n);
    expect(await take(1n, { fee: [FEE - 1n] })).toEqual({ Err: { BadFee: { expected_fee: FEE } } });
  });

  it('Duplicate: comes before InsufficientAllowance and InsufficientFunds', async () => {
    await approve(1_000n);
    const created_at_time: [bigint] = [await ledger.now()];
    const amount = 1_000n - 2n * FEE;
    const first = await take(amount, { created_at_time });
    expect(first).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(0n);
    await approve(0n);
    expect(await take(amount, { created_at_time })).toEqual({
      Err: { Duplicate: { duplicate_of: (first as { Ok: bigint }).Ok } },
    });
    expect(await ledger.balanceOf(carol)).toBe(amount);
  });

  it('TooOld and CreatedInFuture, as for transfers', async () => {
    await approve(500n);
    const now = await ledger.now();
    expect(await take(1n, { created_at_time: [now - WINDOW - DRIFT - SECOND] })).toEqual({
      Err: { TooOld: null },
    });
    expect(await take(1n, { created_at_time: [now + DRIFT + SECOND] })).toHaveProperty(
      'Err.CreatedInFuture',
    );
  });

  it('to the minting account burns', async () => {
    await approve(500n);
    const supply = await ledger.as(bob).icrc1_total_supply();
    expect(await take(100n, { to: accountOf(ledger.minter) })).toHaveProperty('Ok');
    expect(await ledger.as(bob).icrc1_total_supply()).toBe(supply - 100n);
    expect((await allowance()).allowance).toBe(400n);
  });

  it('from the minting account is refused, and so is approving it', async () => {
    expect(await ledger.as(ledger.minter).icrc2_approve(approvalOf(bob, 1n))).toMatchObject({
      Err: { GenericError: { error_code: 4n } },
    });
    const mint = transferFromOf(ledger.minter, bob, 1n);
    expect(await ledger.as(bob).icrc2_transfer_from(mint)).toMatchObject({
      Err: { GenericError: { error_code: 4n } },
    });
  });
});

describe('an upgrade', () => {
  it('keeps allowances and their expiry', async () => {
    const expiry = (await ledger.now()) + 3_600n * SECOND;
    await approve(300n, { expires_at: [expiry] });
    await ledger.upgrade();
    expect(await allowance()).toEqual({ allowance: 300n, expires_at: [expiry] });
    expect(await take(100n)).toHaveProperty('Ok');
    expect(await allowance()).toEqual({ allowance: 200n - FEE, expires_at: [expiry] });
  });
});

type Actor = ReturnType<TestLedger['as']>;

/** Alice approves Bob. */
function approve(amount: bigint, changes: Partial<Parameters<Actor['icrc2_approve']>[0]> = {}) {
  return ledger.as(alice).icrc2_approve({ ...approvalOf(bob, amount), ...changes });
}

/** Bob sends Carol of Alice's. */
function take(amount: bigint, changes: Partial<Parameters<Actor['icrc2_transfer_from']>[0]> = {}) {
  const argument = { ...transferFromOf(alice, carol, amount), ...changes };
  return ledger.as(bob).icrc2_transfer_from(argument);
}

/** What Bob may still take of Alice's. */
function allowance() {
  const argument = { account: accountOf(alice), spender: accountOf(bob) };
  return ledger.as(bob).icrc2_allowance(argument);
}
