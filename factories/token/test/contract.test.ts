import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../../testing/src/canisters.ts';
import { builtModule } from '../../../testing/src/modules.ts';
import { createTokenClient, TokenContract, tokenFactory, type TokenInit } from '../src/index.ts';

const owner = createIdentity('owner');
const minter = createIdentity('minter');
const alice = createIdentity('alice');
const bob = createIdentity('bob');
const stranger = createIdentity('stranger');

const HOUR = 3_600_000;
const holder = (identity: typeof alice) => identity.getPrincipal().toUint8Array();
const order: TokenInit = {
  name: 'Fabrica Dollar',
  symbol: 'FUSD',
  decimals: 8,
  fee: 10_000n,
  logo: 'https://example.com/fusd.svg',
  initialBalances: [
    { account: { owner: holder(alice), subaccount: null }, amount: 1_000_000n },
    { account: { owner: holder(bob), subaccount: new Uint8Array(32).fill(7) }, amount: 500n },
  ],
  maxSupply: 2_000_000n,
  minter: { owner: holder(minter), subaccount: null },
  feeCollector: null,
  description: 'A token for tests.',
  website: null,
  pauser: null,
  archive: null,
};

let pic: PocketIc;
let id: Awaited<ReturnType<PocketIc['createCanister']>>;
let token: ActorFor<typeof TokenContract>;

function argument(ordered: TokenInit) {
  const factory = holder(stranger);
  return initArgument(TokenContract, { factory, owner: holder(owner), order: ordered });
}

/** A client that calls as `identity`. */
function as(identity: typeof alice) {
  const actor = actorFor(pic, TokenContract, id);
  actor.setIdentity(identity);
  return createTokenClient(actor);
}

function account(identity: typeof alice) {
  return { owner: identity.getPrincipal() };
}

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
});
afterAll(async () => {
  await pic.tearDown();
});
beforeEach(async () => {
  id = await pic.createCanister({ sender: owner.getPrincipal() });
  await installBuilt(pic, 'token', id, argument(order), owner.getPrincipal());
  token = actorFor(pic, TokenContract, id);
});

describe('a token contract', () => {
  test('is born as it was ordered', async () => {
    expect(await token.icrc1_name()).toBe('Fabrica Dollar');
    expect(await token.icrc1_symbol()).toBe('FUSD');
    expect(await token.icrc1_decimals()).toBe(8);
    expect(await token.icrc1_fee()).toBe(10_000n);
    expect(await token.icrc1_minting_account()).toEqual([
      { owner: minter.getPrincipal(), subaccount: [] },
    ]);
    expect(await token.icrc1_total_supply()).toBe(1_000_500n);
    expect(await as(bob).balanceOf(account(alice))).toBe(1_000_000n);
    const subaccount = new Uint8Array(32).fill(7);
    expect(await as(bob).balanceOf({ ...account(bob), subaccount })).toBe(500n);
    expect(new Map(await token.icrc1_metadata())).toEqual(
      new Map<string, object>([
        ['icrc1:name', { Text: 'Fabrica Dollar' }],
        ['icrc1:symbol', { Text: 'FUSD' }],
        ['icrc1:decimals', { Nat: 8n }],
        ['icrc1:fee', { Nat: 10_000n }],
        ['icrc1:max_memo_length', { Nat: 32n }],
        ['icrc103:public_allowances', { Text: 'true' }],
        ['icrc103:max_take_value', { Nat: 100n }],
        ['icrc106:index_principal', { Text: id.toText() }],
        ['icrc1:logo', { Text: 'https://example.com/fusd.svg' }],
        ['fabrica:description', { Text: 'A token for tests.' }],
        ['fabrica:max_supply', { Nat: 2_000_000n }],
      ]),
    );
    const standards = await token.icrc1_supported_standards();
    expect(standards.map(({ name }) => name)).toEqual([
      'ICRC-1',
      'ICRC-2',
      'ICRC-3',
      'ICRC-10',
      'ICRC-21',
      'ICRC-103',
      'ICRC-106',
    ]);
    expect(await token.icrc10_supported_standards()).toEqual(standards);
    expect(await token.contractVersion()).toBe(tokenFactory.version);
  });

  test('is not born of an order that breaks a rule', async () => {
    const other = await pic.createCanister({ sender: owner.getPrincipal() });
    const broken = argument({ ...order, maxSupply: 1n });
    await expect(installBuilt(pic, 'token', other, broken, owner.getPrincipal())).rejects.toThrow(
      'exceed the maximum supply',
    );
  });

  test('moves tokens, by their owner and by whom the owner approved', async () => {
    expect(await as(alice).transfer(account(bob), 100_000n)).toEqual({ Ok: 2n });
    expect(await as(alice).approve(account(bob), 60_000n)).toEqual({ Ok: 3n });
    expect(await as(bob).transferFrom(account(alice), account(stranger), 40_000n)).toEqual({
      Ok: 4n,
    });
    expect(await as(bob).balanceOf(account(bob))).toBe(100_000n);
    expect(await as(bob).balanceOf(account(stranger))).toBe(40_000n);
    expect(await as(bob).balanceOf(account(alice))).toBe(830_000n);
    expect(await as(bob).allowance(account(alice), account(bob))).toEqual({
      allowance: 10_000n,
      expires_at: [],
    });
    // Three fees were burned.
    expect(await token.icrc1_total_supply()).toBe(970_500n);
  });

  test('mints and burns for its minter only, up to the maximum', async () => {
    expect(await as(minter).transfer(account(bob), 999_500n)).toEqual({ Ok: 2n });
    expect(await as(minter).transfer(account(bob), 1n)).toMatchObject({
      Err: { GenericError: { error_code: 6n } },
    });
    expect(await as(bob).transfer(account(minter), 999_500n)).toEqual({ Ok: 3n });
    expect(await token.icrc1_total_supply()).toBe(1_000_500n);
    expect(await as(stranger).transfer(account(bob), 1n)).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
  });

  test('hands minting over, and gives it up for good', async () => {
    const mint = (identity: typeof alice) => as(identity).transfer(account(bob), 5n);
    const asMinter = actorFor(pic, TokenContract, id);
    asMinter.setIdentity(minter);
    expect(await token.setMinter([])).toMatchObject({ Err: { code: 'token.not_the_minter' } });
    expect(await asMinter.setMinter([{ owner: stranger.getPrincipal(), subaccount: [] }])).toEqual({
      Ok: null,
    });
    expect(await mint(minter)).toMatchObject({ Err: { InsufficientFunds: {} } });
    expect(await mint(stranger)).toEqual({ Ok: 2n });
    await pic.upgradeCanister({
      canisterId: id,
      wasm: builtModule('token').wasm.slice().buffer,
      arg: Uint8Array.of(68, 73, 68, 76, 0, 0).buffer,
      sender: owner.getPrincipal(),
    });
    expect(await mint(stranger)).toEqual({ Ok: 3n });
    asMinter.setIdentity(stranger);
    expect(await asMinter.setMinter([])).toEqual({ Ok: null });
    expect(await token.icrc1_minting_account()).toEqual([]);
    expect(await mint(stranger)).toMatchObject({ Err: { InsufficientFunds: {} } });
    expect(await asMinter.setMinter([])).toMatchObject({ Err: { code: 'token.no_minter' } });
  });

  test('answers what does not decode, or names no account, with a rejection', async () => {
    const sender = alice.getPrincipal();
    for (const arg of [new Uint8Array(), Uint8Array.of(68, 73, 68, 76, 0, 0)]) {
      await expect(
        pic.updateCall({ canisterId: id, method: 'icrc1_transfer', arg: arg.buffer, sender }),
      ).rejects.toThrow('does not decode');
    }
    const subaccount = new Uint8Array(31);
    await expect(as(bob).balanceOf({ ...account(bob), subaccount })).rejects.toThrow('32 bytes');
    expect(await as(alice).transfer({ ...account(bob), subaccount }, 1n)).toMatchObject({
      Err: { GenericError: { error_code: 1n } },
    });
  });

  test('keeps books, blocks, approvals and deduplication through an upgrade', async () => {
    const createdAt = BigInt(await pic.getTime()) * 1_000_000n;
    const call = { createdAt, memo: Uint8Array.of(1), fee: 10_000n };
    await as(alice).approve(account(bob), 60_000n, { expiresAt: createdAt + 10n ** 15n });
    expect(await as(alice).transfer(account(bob), 5n, call)).toEqual({ Ok: 3n });
    await pic.upgradeCanister({
      canisterId: id,
      wasm: builtModule('token').wasm.slice().buffer,
      arg: Uint8Array.of(68, 73, 68, 76, 0, 0).buffer,
      sender: owner.getPrincipal(),
    });
    expect(await as(alice).transfer(account(bob), 5n, call)).toEqual({
      Err: { Duplicate: { duplicate_of: 3n } },
    });
    expect(await as(alice).transfer(account(bob), 6n, call)).toEqual({ Ok: 4n });
    expect(await as(bob).transferFrom(account(alice), account(bob), 1n)).toEqual({ Ok: 5n });
    expect(await as(bob).balanceOf(account(bob))).toBe(12n);
    expect(await token.icrc1_name()).toBe('Fabrica Dollar');
  });

  test('forgets transactions after a day, and refuses them as too old', async () => {
    const createdAt = BigInt(await pic.getTime()) * 1_000_000n;
    for (let amount = 1n; amount <= 3n; amount += 1n) {
      await as(alice).transfer(account(bob), amount, { createdAt });
    }
    await pic.advanceTime(25 * HOUR);
    await pic.tick(5);
    expect(await as(alice).transfer(account(bob), 1n, { createdAt })).toEqual({
      Err: { TooOld: null },
    });
    const later = BigInt(await pic.getTime()) * 1_000_000n;
    expect(await as(alice).transfer(account(bob), 1n, { createdAt: later })).toEqual({ Ok: 5n });
  });
});
