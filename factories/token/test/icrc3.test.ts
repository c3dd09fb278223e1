import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import {
  actorFor,
  initArgument,
  installBuilt,
  type ActorFor,
} from '../../../testing/src/canisters.ts';
import { builtModule } from '../../../testing/src/modules.ts';
import { verifyBlocks, verifyTip } from '../src/client/verify-blocks.ts';
import { createTokenClient, TokenContract, type TokenInit } from '../src/index.ts';

const owner = createIdentity('owner');
const alice = createIdentity('alice');
const bob = createIdentity('bob');
const TRANSFERS = 40;

let pic: PocketIc;
let id: Awaited<ReturnType<PocketIc['createCanister']>>;
let token: ActorFor<typeof TokenContract>;

function as(identity: typeof alice) {
  const actor = actorFor(pic, TokenContract, id);
  actor.setIdentity(identity);
  return createTokenClient(actor);
}

/** Seconds pass, so that what was recorded is sealed. */
async function settle() {
  for (let round = 0; round < 4; round += 1) {
    await pic.advanceTime(1_000);
    await pic.tick(2);
  }
}

async function certifiedTip() {
  const [answer] = await token.icrc3_get_tip_certificate();
  const rootKey = new Uint8Array(
    (await pic.getPubKey((await pic.getApplicationSubnets())[0]!.id))!,
  );
  return verifyTip(answer!, { canisterId: id, rootKey, maxAgeInMinutes: 10 ** 9 });
}

async function blocks(start: bigint, length: bigint) {
  return (await token.icrc3_get_blocks([{ start, length }])).blocks;
}

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
  for (let amount = 1n; amount <= TRANSFERS; amount += 1n) {
    await as(alice).transfer({ owner: bob.getPrincipal() }, amount);
  }
  await as(alice).approve({ owner: bob.getPrincipal() }, 500n, { expiresAt: 10n ** 19n });
  const from = { owner: alice.getPrincipal() };
  await as(bob).transferFrom(from, { owner: bob.getPrincipal() }, 5n, { memo: Uint8Array.of(1) });
  await as(bob).transfer({ owner: owner.getPrincipal() }, 50n);
  await settle();
});
afterAll(async () => {
  await pic.tearDown();
});

describe('ICRC-3', () => {
  test('the chain leads from the certified tip to the first block', async () => {
    const tip = await certifiedTip();
    expect(tip.index).toBe(BigInt(TRANSFERS + 3));
    const all = await blocks(0n, 100n);
    expect(all).toHaveLength(TRANSFERS + 4);
    expect(verifyBlocks(all, tip)).toBeNull();
    const earlier = verifyBlocks(all.slice(20), tip);
    expect(earlier?.index).toBe(19n);
    expect(verifyBlocks(all.slice(0, 20), earlier!)).toBeNull();

    const changed = structuredClone(all.map(({ id: at, block }) => ({ id: at, block })));
    changed[7] = { id: 7n, block: changed[8]!.block };
    expect(() => verifyBlocks(changed, tip)).toThrow('Block 7 ');
    expect(() => verifyBlocks(all.slice(0, -1), tip)).toThrow('missing');
  });

  test('blocks are those of the ICRC-1 and ICRC-2 block schema', async () => {
    const sent = BigInt(TRANSFERS);
    const ranges = [0n, 1n, sent + 1n, sent + 2n, sent + 3n].map((start) => ({
      start,
      length: 1n,
    }));
    const result = await token.icrc3_get_blocks(ranges);
    const [mint, xfer, approve, xferFrom, burn] = result.blocks.map(({ block }) => block);
    const field = (block: unknown, ...path: string[]): unknown =>
      path.reduce<unknown>((value, name) => {
        const { Map: fields } = value as { Map: [string, unknown][] };
        return fields.find(([key]) => key === name)?.[1];
      }, block);
    const accountOf = (identity: typeof alice) => ({
      Array: [{ Blob: identity.getPrincipal().toUint8Array() }],
    });
    expect(result.log_length).toBe(sent + 4n);
    expect(field(mint, 'phash')).toBeUndefined();
    expect(field(mint, 'tx', 'op')).toEqual({ Text: 'mint' });
    expect(field(mint, 'tx', 'to')).toEqual(accountOf(alice));
    expect(field(mint, 'tx', 'from')).toBeUndefined();
    expect(field(xfer, 'fee')).toEqual({ Nat: 10n });
    expect(field(xfer, 'tx', 'amt')).toEqual({ Nat: 1n });
    expect(field(xfer, 'tx', 'from')).toEqual(accountOf(alice));
    expect(field(approve, 'tx', 'expires_at')).toEqual({ Nat: 10n ** 19n });
    expect(field(approve, 'tx', 'spender')).toEqual(accountOf(bob));
    expect(field(xferFrom, 'tx', 'spender')).toEqual(accountOf(bob));
    expect(field(xferFrom, 'tx', 'memo')).toEqual({ Blob: Uint8Array.of(1) });
    expect(field(burn, 'tx', 'op')).toEqual({ Text: 'burn' });
    expect(field(burn, 'tx', 'to')).toBeUndefined();
    expect(field(burn, 'fee')).toBeUndefined();
    const types = await token.icrc3_supported_block_types();
    expect(types.map(({ block_type }) => block_type)).toContain('1xfer');
  });

  test('ranges beyond the log give nothing, and answers are bounded', async () => {
    expect(await blocks(2n ** 70n, 5n)).toEqual([]);
    expect(await blocks(40n, 2n ** 70n)).toHaveLength(TRANSFERS + 4 - 40);
    const ranges = Array.from({ length: 4 }, () => ({ start: 0n, length: 44n }));
    expect((await token.icrc3_get_blocks(ranges)).blocks).toHaveLength(100);
    expect(await token.icrc3_get_archives({ from: [] })).toEqual([]);
  });

  test('what was sealed and certified stays so through an upgrade, and goes on', async () => {
    const before = await blocks(0n, 100n);
    await pic.upgradeCanister({
      canisterId: id,
      wasm: builtModule('token').wasm.slice().buffer,
      arg: Uint8Array.of(68, 73, 68, 76, 0, 0).buffer,
      sender: owner.getPrincipal(),
    });
    verifyBlocks(before, await certifiedTip());
    await as(alice).transfer({ owner: bob.getPrincipal() }, 7n);
    await settle();
    const after = await blocks(0n, 100n);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
    verifyBlocks(after, await certifiedTip());
  });
});
