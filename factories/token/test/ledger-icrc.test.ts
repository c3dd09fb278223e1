import { AnonymousIdentity, HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import {
  IcrcIndexNgCanister,
  IcrcLedgerCanister,
  IcrcTransferError,
  mapTokenMetadata,
} from '@dfinity/ledger-icrc';
import { idlFactory } from '@dfinity/ledger-icrc/dist/candid/icrc_ledger.idl.js';
import { idlFactory as indexFactory } from '@dfinity/ledger-icrc/dist/candid/icrc_index-ng.idl.js';
import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { initArgument, installBuilt } from '../../../testing/src/canisters.ts';
import { TokenContract } from '../src/index.ts';

const alice = createIdentity('alice');
const bob = createIdentity('bob');

let pic: PocketIc;
let id: Awaited<ReturnType<PocketIc['createCanister']>>;

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  const sender = alice.getPrincipal();
  const owner = sender.toUint8Array();
  id = await pic.createCanister({ sender });
  const order = {
    name: 'Fabrica Dollar',
    symbol: 'FUSD',
    decimals: 8,
    fee: 10n,
    logo: null,
    initialBalances: [{ account: { owner, subaccount: null }, amount: 1_000n }],
    maxSupply: null,
    minter: null,
    feeCollector: null,
    description: null,
    website: null,
    pauser: null,
    archive: null,
  };
  const argument = initArgument(TokenContract, { factory: owner, owner, order });
  await installBuilt(pic, 'token', id, argument, sender);
});
afterAll(async () => {
  await pic.tearDown();
});

/** DFINITY's client, with DFINITY's interface, over a token contract of ours. */
function ledgerOf(identity: typeof alice): IcrcLedgerCanister {
  const actor = pic.createActor(idlFactory, id);
  actor.setIdentity(identity);
  return IcrcLedgerCanister.create({
    // Never used: every call goes through the actor.
    agent: HttpAgent.createSync({ identity: new AnonymousIdentity() }),
    canisterId: id,
    serviceOverride: actor as never,
    certifiedServiceOverride: actor as never,
  });
}

describe('@dfinity/ledger-icrc', () => {
  test('reads the token', async () => {
    const ledger = ledgerOf(bob);
    expect(mapTokenMetadata(await ledger.metadata({}))).toMatchObject({
      name: 'Fabrica Dollar',
      symbol: 'FUSD',
      decimals: 8,
      fee: 10n,
    });
    expect(await ledger.transactionFee({})).toBe(10n);
    expect(await ledger.totalTokensSupply({})).toBe(1_000n);
    expect(await ledger.balance({ owner: alice.getPrincipal() })).toBe(1_000n);
    const standards = await ledger.icrc1SupportedStandards({});
    expect(standards.map(({ name }) => name)).toContain('ICRC-2');
  });

  test('moves tokens, and gets the standard’s errors', async () => {
    const to = { owner: bob.getPrincipal(), subaccount: [] as [] };
    expect(
      await ledgerOf(alice).transfer({ to, amount: 100n, fee: 10n, memo: Uint8Array.of(1) }),
    ).toBe(1n);
    expect(
      await ledgerOf(alice).approve({ spender: to, amount: 50n, expected_allowance: 0n }),
    ).toBe(2n);
    const from = { owner: alice.getPrincipal(), subaccount: [] as [] };
    expect(await ledgerOf(bob).transferFrom({ from, to, amount: 40n })).toBe(3n);
    expect(await ledgerOf(bob).allowance({ account: from, spender: to })).toEqual({
      allowance: 0n,
      expires_at: [],
    });
    await expect(ledgerOf(bob).transfer({ to: from, amount: 1_000n })).rejects.toThrow(
      IcrcTransferError,
    );
  });

  test('asks for consent messages, blocks, allowances and the index', async () => {
    const arg = IDL.encode(
      idlFactory({ IDL })._fields.find(([name]) => name === 'icrc1_transfer')![1].argTypes,
      [
        {
          to: { owner: bob.getPrincipal(), subaccount: [] },
          amount: 5n,
          fee: [],
          memo: [],
          from_subaccount: [],
          created_at_time: [],
        },
      ],
    );
    const { consent_message } = await ledgerOf(alice).consentMessage({
      method: 'icrc1_transfer',
      arg,
      userPreferences: { metadata: { language: 'en' }, deriveSpec: { GenericDisplay: null } },
    } as never);
    expect(consent_message).toMatchObject({
      GenericDisplayMessage: expect.stringContaining('0.00000005 FUSD'),
    });
    for (let round = 0; round < 4; round += 1) {
      await pic.advanceTime(1_000);
      await pic.tick(2);
    }
    const { log_length, blocks } = await ledgerOf(bob).getBlocks({
      args: [{ start: 0n, length: 9n }],
    });
    expect([log_length, blocks.length]).toEqual([4n, 4]);
    expect(await ledgerOf(bob).getIndexPrincipal({})).toEqual(id);

    const actor = pic.createActor(indexFactory, id);
    const index = IcrcIndexNgCanister.create({
      agent: HttpAgent.createSync({ identity: new AnonymousIdentity() }),
      canisterId: id,
      serviceOverride: actor as never,
      certifiedServiceOverride: actor as never,
    });
    const page = await index.getTransactions({
      account: { owner: bob.getPrincipal() },
      max_results: 10n,
    });
    expect(page.transactions.map((each) => each.id)).toEqual([3n, 1n]);
    expect(page.balance).toBe(140n);
  });
});
