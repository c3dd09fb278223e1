import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../../testing/src/canisters.ts';
import { createTokenClient, TokenContract, type TokenInit } from '../src/index.ts';

const owner = createIdentity('owner');
const alice = createIdentity('alice');
const bob = createIdentity('bob');
const subaccount = new Uint8Array(32).fill(3);

let pic: PocketIc;
let id: Awaited<ReturnType<PocketIc['createCanister']>>;
let token: ActorFor<typeof TokenContract>;

function as(identity: typeof alice) {
  const actor = actorFor(pic, TokenContract, id);
  actor.setIdentity(identity);
  return createTokenClient(actor);
}
const accountOf = (identity: typeof alice) => ({
  owner: identity.getPrincipal(),
  subaccount: [] as [],
});

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  id = await pic.createCanister({ sender: owner.getPrincipal() });
  const holder = alice.getPrincipal().toUint8Array();
  const order: TokenInit = {
    name: 'Fabrica Dollar',
    symbol: 'FUSD',
    decimals: 8,
    fee: 10n,
    logo: null,
    initialBalances: [{ account: { owner: holder, subaccount: null }, amount: 1_000_000n }],
    maxSupply: null,
    minter: { owner: owner.getPrincipal().toUint8Array(), subaccount: null },
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
  const init = { factory: new Uint8Array(), owner: holder, order };
  await installBuilt(pic, 'token', id, initArgument(TokenContract, init), owner.getPrincipal());
  token = actorFor(pic, TokenContract, id);
  await as(alice).transfer({ owner: bob.getPrincipal() }, 100n);
  await as(alice).transfer({ owner: bob.getPrincipal(), subaccount }, 200n);
  await as(alice).approve({ owner: bob.getPrincipal() }, 500n);
  await as(bob).transferFrom({ owner: alice.getPrincipal() }, { owner: bob.getPrincipal() }, 5n);
  await as(bob).transfer({ owner: owner.getPrincipal() }, 50n);
  for (let round = 0; round < 4; round += 1) {
    await pic.advanceTime(1_000);
    await pic.tick(2);
  }
});
afterAll(async () => {
  await pic.tearDown();
});

describe('ICRC-106', () => {
  test('the ledger names itself as its index, in method and metadata', async () => {
    expect(await token.icrc106_get_index_principal()).toEqual({ Ok: id });
    expect(await token.ledger_id()).toEqual(id);
    const metadata = new Map(await token.icrc1_metadata());
    expect(metadata.get('icrc106:index_principal')).toEqual({ Text: id.toText() });
    expect(await token.status()).toEqual({ num_blocks_synced: 6n });
  });

  test('get_account_transactions: newest first, paged by the last one seen', async () => {
    const account = accountOf(bob);
    const first = await token.get_account_transactions({ account, start: [], max_results: 2n });
    if (!('Ok' in first)) throw new Error('refused');
    expect(first.Ok.balance).toBe(55n);
    expect(first.Ok.oldest_tx_id).toEqual([1n]);
    expect(first.Ok.transactions.map((each) => each.id)).toEqual([5n, 4n]);
    const [burn, transfer] = first.Ok.transactions.map((each) => each.transaction);
    expect(burn).toMatchObject({ kind: 'burn', burn: [{ amount: 50n }], transfer: [] });
    expect(transfer).toMatchObject({
      kind: 'transfer',
      transfer: [{ amount: 5n, fee: [10n], spender: [accountOf(bob)], to: accountOf(bob) }],
    });
    const rest = await token.get_account_transactions({ account, start: [4n], max_results: 9n });
    expect('Ok' in rest && rest.Ok.transactions.map((each) => each.id)).toEqual([1n]);
    const none = { owner: id, subaccount: [] as [] };
    expect(
      await token.get_account_transactions({ account: none, start: [], max_results: 9n }),
    ).toEqual({ Ok: { balance: 0n, transactions: [], oldest_tx_id: [] } });
  });

  test('list_subaccounts: in order, after the one given', async () => {
    const principal = bob.getPrincipal();
    const zero = new Uint8Array(32);
    expect(await token.list_subaccounts({ owner: principal, start: [] })).toEqual([
      zero,
      subaccount,
    ]);
    expect(await token.list_subaccounts({ owner: principal, start: [zero] })).toEqual([subaccount]);
  });
});

describe('ICRC-103', () => {
  test('lists what is left of allowances', async () => {
    const args = {
      from_account: [accountOf(alice)] as never,
      prev_spender: [] as [],
      take: [] as [],
    };
    expect(await token.icrc103_get_allowances(args)).toEqual({
      Ok: [
        {
          from_account: accountOf(alice),
          to_spender: accountOf(bob),
          allowance: 485n,
          expires_at: [],
        },
      ],
    });
    const metadata = new Map(await token.icrc1_metadata());
    expect(metadata.get('icrc103:public_allowances')).toEqual({ Text: 'true' });
    expect(metadata.get('icrc103:max_take_value')).toEqual({ Nat: 100n });
  });
});
