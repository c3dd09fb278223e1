import type { Principal } from '@dfinity/principal';
import { accountOf, transferOf } from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { DRIFT, FEE, openLedger, WINDOW, type TestLedger } from './fixtures/ledger.ts';

// The clauses of https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-1/README.md

let ledger: TestLedger;
let alice: Principal;
let bob: Principal;
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
});

describe('icrc1_transfer', () => {
  it('moves the amount and takes the fee from the sender', async () => {
    expect(await transfer({ amount: 100n })).toEqual({ Ok: expect.any(BigInt) as bigint });
    expect(await ledger.balanceOf(alice)).toBe(1_000n - 100n - FEE);
    expect(await ledger.balanceOf(bob)).toBe(100n);
  });

  it('numbers its transactions without gaps', async () => {
    const first = blockOf(await transfer({ amount: 1n }));
    expect(blockOf(await transfer({ amount: 1n }))).toBe(first + 1n);
  });

  it('keeps subaccounts apart, and takes none for the one of 32 zeros', async () => {
    const subaccount = new Uint8Array(32).fill(1);
    const to = { owner: bob, subaccount: [subaccount] as [Uint8Array] };
    await transfer({ amount: 100n, to });
    const { icrc1_balance_of: balance } = ledger.as(bob);
    expect(await balance(to)).toBe(100n);
    expect(await balance(accountOf(bob))).toBe(0n);

    await transfer({ amount: 5n, to: { owner: bob, subaccount: [new Uint8Array(32)] } });
    expect(await balance(accountOf(bob))).toBe(5n);
    const back = {
      ...transferOf(alice, 100n - FEE),
      from_subaccount: [subaccount] as [Uint8Array],
    };
    expect(await ledger.as(bob).icrc1_transfer(back)).toHaveProperty('Ok');
    expect(await balance(to)).toBe(0n);
  });

  it('to oneself costs the fee alone', async () => {
    expect(await transfer({ amount: 100n, to: accountOf(alice) })).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(1_000n - FEE);
  });

  it('may move nothing, for the fee', async () => {
    expect(await transfer({ amount: 0n })).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(1_000n - FEE);
  });

  it('InsufficientFunds: one unit short of amount and fee', async () => {
    const error = { InsufficientFunds: { balance: 1_000n } };
    expect(await transfer({ amount: 1_001n - FEE })).toEqual({ Err: error });
    expect(await transfer({ amount: 2n ** 200n })).toEqual({ Err: error });
    expect(await ledger.balanceOf(alice)).toBe(1_000n);
    expect(await transfer({ amount: 1_000n - FEE })).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(0n);
  });

  it('BadFee: a fee that is not the ledger’s', async () => {
    for (const fee of [0n, FEE - 1n, FEE + 1n]) {
      expect(await transfer({ fee: [fee] })).toEqual({ Err: { BadFee: { expected_fee: FEE } } });
    }
    expect(await transfer({ fee: [FEE] })).toHaveProperty('Ok');
  });

  it('memo: up to 32 bytes', async () => {
    expect(await transfer({ memo: [new Uint8Array(32)] })).toHaveProperty('Ok');
    expect(await transfer({ memo: [new Uint8Array(33)] })).toMatchObject({
      Err: { GenericError: { error_code: 2n } },
    });
  });

  it('TooOld: created before the window and the permitted drift', async () => {
    const now = await ledger.now();
    const oldest = now - WINDOW - DRIFT;
    const second = 1_000_000_000n;
    expect(await transfer({ created_at_time: [oldest - second] })).toEqual({
      Err: { TooOld: null },
    });
    expect(await transfer({ created_at_time: [oldest + second] })).toHaveProperty('Ok');
    expect(await transfer({ created_at_time: [0n] })).toEqual({ Err: { TooOld: null } });
  });

  it('CreatedInFuture: created later than the permitted drift allows', async () => {
    const now = await ledger.now();
    const second = 1_000_000_000n;
    expect(await transfer({ created_at_time: [now + DRIFT + second] })).toMatchObject({
      Err: { CreatedInFuture: { ledger_time: expect.any(BigInt) as bigint } },
    });
    expect(await transfer({ created_at_time: [now + DRIFT - second] })).toHaveProperty('Ok');
    expect(await transfer({ created_at_time: [2n ** 64n - 1n] })).toHaveProperty(
      'Err.CreatedInFuture',
    );
  });

  it('Duplicate: the same transfer twice within the window moves tokens once', async () => {
    const created_at_time: [bigint] = [await ledger.now()];
    const memo: [Uint8Array] = [Uint8Array.of(1)];
    const block = blockOf(await transfer({ amount: 50n, created_at_time, memo }));
    for (let again = 0; again < 2; again += 1) {
      expect(await transfer({ amount: 50n, created_at_time, memo })).toEqual({
        Err: { Duplicate: { duplicate_of: block } },
      });
    }
    expect(await ledger.balanceOf(bob)).toBe(50n);
  });

  it('Duplicate comes before InsufficientFunds', async () => {
    const created_at_time: [bigint] = [await ledger.now()];
    const block = blockOf(await transfer({ amount: 1_000n - FEE, created_at_time }));
    expect(await transfer({ amount: 1_000n - FEE, created_at_time })).toEqual({
      Err: { Duplicate: { duplicate_of: block } },
    });
  });

  it('is no duplicate if it differs in any field, or names no time', async () => {
    const created_at_time: [bigint] = [await ledger.now()];
    const one = { amount: 1n, created_at_time };
    for (const change of [
      {},
      { amount: 2n },
      { memo: [Uint8Array.of(1)] as [Uint8Array] },
      { memo: [new Uint8Array()] as [Uint8Array] },
      { fee: [FEE] as [bigint] },
      { to: { owner: bob, subaccount: [new Uint8Array(32).fill(9)] as [Uint8Array] } },
      { created_at_time: [created_at_time[0] + 1n] as [bigint] },
      { created_at_time: [] as [] },
      { created_at_time: [] as [] },
    ]) {
      expect(await transfer({ ...one, ...change })).toHaveProperty('Ok');
    }
  });
});

describe('the minting account', () => {
  it('mints by sending, for no fee', async () => {
    const supply = await ledger.as(bob).icrc1_total_supply();
    expect(await ledger.as(ledger.minter).icrc1_transfer(transferOf(bob, 70n))).toHaveProperty(
      'Ok',
    );
    expect(await ledger.balanceOf(bob)).toBe(70n);
    expect(await ledger.as(bob).icrc1_total_supply()).toBe(supply + 70n);
  });

  it('burns by receiving, for no fee', async () => {
    const supply = await ledger.as(bob).icrc1_total_supply();
    expect(await transfer({ amount: 1_000n, to: accountOf(ledger.minter) })).toHaveProperty('Ok');
    expect(await ledger.balanceOf(alice)).toBe(0n);
    expect(await ledger.balanceOf(ledger.minter)).toBe(0n);
    expect(await ledger.as(bob).icrc1_total_supply()).toBe(supply - 1_000n);
  });

  it('BadFee: a fee for minting or burning other than none', async () => {
    const to = accountOf(ledger.minter);
    const error = { Err: { BadFee: { expected_fee: 0n } } };
    expect(await transfer({ amount: 100n, to, fee: [FEE] })).toEqual(error);
    const mint = { ...transferOf(bob, 1n), fee: [FEE] as [bigint] };
    expect(await ledger.as(ledger.minter).icrc1_transfer(mint)).toEqual(error);
    expect(await transfer({ amount: 100n, to, fee: [0n] })).toHaveProperty('Ok');
  });

  it('BadBurn: less than the fee', async () => {
    const to = accountOf(ledger.minter);
    expect(await transfer({ amount: FEE - 1n, to })).toEqual({
      Err: { BadBurn: { min_burn_amount: FEE } },
    });
  });

  it('is the owner’s default account only', async () => {
    const other = {
      owner: ledger.minter,
      subaccount: [new Uint8Array(32).fill(1)] as [Uint8Array],
    };
    expect(await transfer({ amount: 100n, to: other })).toHaveProperty('Ok');
    expect(await ledger.as(bob).icrc1_balance_of(other)).toBe(100n);
  });
});

describe('the rest of the interface', () => {
  it('takes fees out of the supply, so that balances and supply agree', async () => {
    const supply = await ledger.as(bob).icrc1_total_supply();
    await transfer({ amount: 100n });
    expect(await ledger.as(bob).icrc1_total_supply()).toBe(supply - FEE);
  });

  it('answers metadata and the single methods alike', async () => {
    const actor = ledger.as(bob);
    const metadata = new Map(await actor.icrc1_metadata());
    expect(metadata.get('icrc1:name')).toEqual({ Text: await actor.icrc1_name() });
    expect(metadata.get('icrc1:symbol')).toEqual({ Text: await actor.icrc1_symbol() });
    expect(metadata.get('icrc1:decimals')).toEqual({ Nat: BigInt(await actor.icrc1_decimals()) });
    expect(metadata.get('icrc1:fee')).toEqual({ Nat: await actor.icrc1_fee() });
    expect(metadata.get('icrc1:max_memo_length')).toEqual({ Nat: 32n });
    const [minter] = await actor.icrc1_minting_account();
    expect(minter?.owner.toText()).toBe(ledger.minter.toText());
  });

  it('names each supported standard, with its address', async () => {
    const standards = await ledger.as(bob).icrc1_supported_standards();
    const names = standards.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ICRC-1', 'ICRC-2', 'ICRC-10']));
    expect(new Set(names).size).toBe(names.length);
    for (const { url } of standards) expect(url).toMatch(/^https:\/\//);
  });

  it('knows nobody who never held anything', async () => {
    expect(await ledger.balanceOf(createIdentity('nobody').getPrincipal())).toBe(0n);
  });
});

describe('an upgrade', () => {
  it('keeps balances, supply, block numbers and deduplication', async () => {
    const created_at_time: [bigint] = [await ledger.now()];
    const block = blockOf(await transfer({ amount: 50n, created_at_time }));
    const supply = await ledger.as(bob).icrc1_total_supply();
    await ledger.upgrade();
    expect(await ledger.balanceOf(alice)).toBe(1_000n - 50n - FEE);
    expect(await ledger.balanceOf(bob)).toBe(50n);
    expect(await ledger.as(bob).icrc1_total_supply()).toBe(supply);
    expect(await transfer({ amount: 50n, created_at_time })).toEqual({
      Err: { Duplicate: { duplicate_of: block } },
    });
    expect(await transfer({ amount: 50n })).toEqual({ Ok: block + 1n });
  });
});

type Argument = Parameters<ReturnType<TestLedger['as']>['icrc1_transfer']>[0];

/** Alice sends Bob one unit, but for the changes. */
function transfer(changes: Partial<Argument> = {}) {
  return ledger.as(alice).icrc1_transfer({ ...transferOf(bob, 1n), ...changes });
}

function blockOf(answer: { Ok: bigint } | { Err: object }): bigint {
  expect(answer).toHaveProperty('Ok');
  return (answer as { Ok: bigint }).Ok;
}
