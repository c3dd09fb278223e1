import type { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  approvalOf,
  builtModule,
  canisterFacts,
  newUser,
  openSystem,
  orderOf,
  requestIdOf,
  settle,
  tokenOrder,
  transferFromOf,
  transferOf,
  type ActorFor,
  type System,
  type User,
} from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import {
  readBlocks,
  TokenContract,
  verifyBlocks,
  verifyTip,
  type BlockAnswer,
} from '../src/index.ts';
import { replay } from './fixtures/replay.ts';

const KEEP = 32;
const CAPACITY = 64;
const FEE = 10n;
const HOLDERS = Array.from({ length: 99 }, (_, at) => createIdentity(`holder ${at}`));
const AMOUNT = 1_000_000n;

let system: System;
let user: User;
let id: Principal;
let token: ActorFor<typeof TokenContract>;

const at = (canister: Principal) => actorFor(system.pic, TokenContract, canister);

/** Seconds pass, so that blocks are sealed and archived. */
async function pass(seconds = 5) {
  for (let second = 0; second < seconds; second += 1) {
    await system.pic.advanceTime(1_000);
    await settle(system);
  }
}

async function allBlocks(): Promise<BlockAnswer[]> {
  const { log_length: length } = await token.icrc3_get_blocks([]);
  return readBlocks(token, at, 0n, length);
}

async function certifiedTip() {
  const [answer] = await token.icrc3_get_tip_certificate();
  const [subnet] = await system.pic.getApplicationSubnets();
  const rootKey = new Uint8Array((await system.pic.getPubKey(subnet!.id))!);
  return verifyTip(answer!, { canisterId: id, rootKey, maxAgeInMinutes: 10 ** 9 });
}

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  const quote = accepted(await system.gateway.quote('token', []));
  user = await newUser(system, 'archivist', { funds: quote.approve, approved: quote.approve });
  const initialBalances = [user.principal, ...HOLDERS.map((each) => each.getPrincipal())].map(
    (owner) => ({
      account: { owner: owner.toUint8Array(), subaccount: null },
      amount: AMOUNT,
    }),
  );
  const archive = { keep: KEEP, capacity: CAPACITY };
  const args = tokenOrder(user.principal, { initialBalances, fee: FEE, archive });
  const order = orderOf(args, { requestId: requestIdOf('archives') });
  id = accepted(await user.gateway.createContract(order)).contract;
  token = at(id);
  token.setIdentity(user.identity);
  await pass();
});
afterAll(async () => {
  await system.pic.tearDown();
});

describe('ICRC-3, archives', () => {
  test('need cycles, and their ledger says so until it has them', async () => {
    const { archived, failure } = await token.archiveStatus();
    expect([archived, failure]).toEqual([0n, [expect.stringContaining('cycles')]]);
    expect((await token.icrc3_get_blocks([{ start: 0n, length: 100n }])).blocks).toHaveLength(100);
    await system.pic.addCycles(id, 5_000_000_000_000);
    await pass(30);
    expect(await token.archiveStatus()).toEqual({ archived: 64n, failure: [], lost: 0 });
  });

  test('are spawned by the ledger itself, of its own module, and controlled by it alone', async () => {
    const archives = await token.icrc3_get_archives({ from: [] });
    expect(archives).toMatchObject([{ start: 0n, end: 63n }]);
    const archive = archives[0]!.canister_id;
    expect(await token.icrc3_get_archives({ from: [archive] })).toEqual([]);
    const { controllers } = await canisterFacts(system.pic, archive, id);
    expect(controllers.map(String)).toEqual([String(id)]);
    const metadata = new Map(await token.icrc1_metadata());
    expect(metadata.get('fabrica:blocks_kept')).toEqual({ Nat: BigInt(KEEP) });
    expect(metadata.get('fabrica:blocks_per_archive')).toEqual({ Nat: BigInt(CAPACITY) });
  });

  test('are named, with the callback, for ranges that they hold', async () => {
    const [archive] = await token.icrc3_get_archives({ from: [] });
    const ranges = [
      { start: 60n, length: 10n },
      { start: 90n, length: 2n ** 80n },
      { start: 3n, length: 1n },
    ];
    const answer = await token.icrc3_get_blocks(ranges);
    expect(answer.log_length).toBe(100n);
    expect(answer.blocks.map((block) => Number(block.id))).toEqual([
      64, 65, 66, 67, 68, 69, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]);
    expect(answer.archived_blocks).toHaveLength(1);
    const [{ args, callback } = { args: [], callback: [] }] = answer.archived_blocks;
    expect(args).toEqual([
      { start: 60n, length: 4n },
      { start: 3n, length: 1n },
    ]);
    expect([String(callback[0]), callback[1]]).toEqual([
      String(archive!.canister_id),
      'icrc3_get_blocks',
    ]);
  });

  test('follow one another, each of the size that was ordered', async () => {
    await token.icrc2_approve(approvalOf(HOLDERS[0]!.getPrincipal(), 5_000n));
    for (let count = 0; count < 29; count += 1) {
      await token.icrc1_transfer(transferOf(HOLDERS[count]!.getPrincipal(), 100n));
    }
    await pass();
    const archives = await token.icrc3_get_archives({ from: [] });
    expect(archives.map(({ start, end }) => [start, end])).toEqual([
      [0n, 63n],
      [64n, 95n],
    ]);
    const rest = await token.icrc3_get_archives({ from: [archives[0]!.canister_id] });
    expect(rest).toEqual(archives.slice(1));
    const { archived_blocks: archived } = await token.icrc3_get_blocks([
      { start: 60n, length: 9n },
    ]);
    expect(archived.map(({ args }) => args)).toEqual([
      [{ start: 60n, length: 4n }],
      [{ start: 64n, length: 5n }],
    ]);
  });

  test('and the ledger together give what the network certified, and replay to its state', async () => {
    const as = at(id);
    as.setIdentity(HOLDERS[0]!);
    await as.icrc2_transfer_from(transferFromOf(user.principal, HOLDERS[1]!.getPrincipal(), 77n));
    await pass();
    const blocks = await allBlocks();
    expect(blocks.map((block) => Number(block.id))).toEqual(blocks.map((_, index) => index));
    expect(verifyBlocks(blocks, await certifiedTip())).toBeNull();

    const { balances, supply, allowances } = replay(blocks);
    expect(supply).toBe(await token.icrc1_total_supply());
    for (const each of [user.identity, ...HOLDERS]) {
      const owner = each.getPrincipal();
      const held = await token.icrc1_balance_of({ owner, subaccount: [] });
      expect(balances.get(Buffer.from(owner.toUint8Array()).toString('hex'))).toBe(held);
    }
    const hex = (owner: Principal) => Buffer.from(owner.toUint8Array()).toString('hex');
    const spender = HOLDERS[0]!.getPrincipal();
    const left = await token.icrc2_allowance({
      account: { owner: user.principal, subaccount: [] },
      spender: { owner: spender, subaccount: [] },
    });
    expect(allowances.get(`${hex(user.principal)}>${hex(spender)}`)).toBe(left.allowance);
  });

  test('leave the history of accounts whole, back to their first block', async () => {
    const account = { owner: user.principal, subaccount: [] as [] };
    const arg = { account, start: [] as [], max_results: 100n };
    const history = await token.get_account_transactions(arg);
    if ('Err' in history) throw new Error(history.Err.message);
    const { transactions, oldest_tx_id: oldest } = history.Ok;
    expect(oldest).toEqual([0n]);
    expect(transactions.at(-1)).toMatchObject({ id: 0n, transaction: { kind: 'mint' } });
    expect(transactions).toHaveLength(32);
  });

  test('refuse everyone but their ledger, and move no tokens', async () => {
    const [archive] = await token.icrc3_get_archives({ from: [] });
    const actor = at(archive!.canister_id);
    actor.setIdentity(user.identity);
    await expect(actor.appendBlocks({ from: 64, parent: [], blocks: [] })).rejects.toThrow();
    await expect(actor.icrc1_transfer(transferOf(HOLDERS[0]!.getPrincipal(), 1n))).rejects.toThrow(
      'Ask the ledger',
    );
    await expect(actor.icrc1_balance_of({ owner: user.principal, subaccount: [] })).rejects.toThrow(
      'Ask the ledger',
    );
    // A ledger is nobody's archive.
    await expect(token.appendBlocks({ from: 0, parent: [], blocks: [] })).rejects.toThrow();
  });

  test('go on after an upgrade of the ledger', async () => {
    const before = await allBlocks();
    const sender = user.principal;
    const { wasm } = builtModule('token');
    const arg = Uint8Array.of(68, 73, 68, 76, 0, 0).buffer;
    await system.pic.upgradeCanister({ canisterId: id, wasm: wasm.slice().buffer, arg, sender });
    for (let count = 0; count < 32; count += 1) {
      await token.icrc1_transfer(transferOf(HOLDERS[count]!.getPrincipal(), 100n));
    }
    await pass();
    expect((await token.archiveStatus()).archived).toBe(128n);
    const after = await allBlocks();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(verifyBlocks(after, await certifiedTip())).toBeNull();
  });
});
