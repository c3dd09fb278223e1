import { IDL } from '@dfinity/candid';
import { encoder } from '@fabrica/core/candid';
import { afterEach, describe, expect, inject, test } from 'vitest';

import { builtModule } from '../../../testing/src/modules.ts';
import { accepted, refusalCode } from '../../../testing/src/results.ts';
import { actions } from '../src/client/index.ts';
import { WalletContract } from '../src/index.ts';
import {
  alice,
  bob,
  bytesOf,
  carol,
  FEE,
  FUNDS,
  gina,
  HOUR,
  openStage,
  orderOf,
  oscar,
  stranger,
  type Stage,
} from './fixtures.ts';

let stage: Stage;
const open = async (fields: Parameters<typeof openStage>[1] = {}) => {
  stage = await openStage(inject('replicaUrl'), fields);
  return stage;
};

afterEach(async () => {
  await stage.pic.tearDown();
});

const dave = stranger.getPrincipal();
const pay = (amount: bigint) => actions.transfer(stage.ledger, { owner: dave }, amount);

async function proposed(list: ReturnType<typeof pay>[], fields: object = {}) {
  return accepted(await stage.client(alice).propose({ title: 'Pay', actions: list, ...fields }));
}

async function approved(list: ReturnType<typeof pay>[], fields: object = {}) {
  return accepted(await stage.client(bob).approve(await proposed(list, fields)));
}

describe('a wallet', () => {
  test('moves tokens when enough signers say so, and writes down what the ledger answered', async () => {
    await open();
    const proposal = await proposed([pay(1_000n), pay(2_000n)]);
    expect(refusalCode(await stage.client(alice).execute(proposal.id))).toBe(
      'multisig.wrong_state',
    );
    accepted(await stage.client(bob).approve(proposal));
    const report = accepted(await stage.client(alice).execute(proposal.id));
    expect(report).toMatchObject({
      state: { Executed: null },
      outcomes: [{ Done: { block: [1n] } }, { Done: { block: [2n] } }],
    });
    expect(await stage.balanceOf(dave)).toBe(3_000n);
    expect(await stage.balanceOf(stage.wallet)).toBe(FUNDS - 3_000n - 2n * FEE);
  });

  test('reports the action that failed and those after it', async () => {
    await open();
    const { id } = await approved([pay(1n), pay(FUNDS * 2n), pay(2n)]);
    const report = accepted(await stage.client(alice).execute(id));
    expect(report).toMatchObject({
      state: { Failed: null },
      outcomes: [{ Done: {} }, { Failed: { code: 'ledger.InsufficientFunds' } }, { NotRun: null }],
    });
    expect(await stage.balanceOf(dave)).toBe(1n);
  });

  test('executes by itself when the time-lock has passed, and not before', async () => {
    await open({ timelock: HOUR, autoExecute: true });
    const { id, state } = await approved([pay(5n)]);
    expect(state).toEqual({ Timelocked: null });
    await stage.pass(HOUR / 2n);
    expect(await stage.balanceOf(dave)).toBe(0n);
    await stage.pass(HOUR / 2n);
    expect(await stage.balanceOf(dave)).toBe(5n);
    expect(accepted(await stage.as(alice).getProposal(id)).state).toEqual({ Executed: null });
  });

  test('lets proposals expire by itself', async () => {
    await open();
    const { id } = await proposed([pay(5n)]);
    await stage.pass(25n * HOUR);
    const { proposals } = accepted(
      await stage.as(alice).getProposals({ state: [{ Expired: null }], before: [], limit: [] }),
    );
    expect(proposals.map((row) => row.id)).toEqual([id]);
    expect(accepted(await stage.as(alice).getSummary()).open).toBe(0);
  });

  test('goes on after an upgrade where it was', async () => {
    await open({ timelock: HOUR, autoExecute: true });
    const { id } = await approved([pay(5n)]);
    const { wasm } = builtModule('multisig');
    const sender = alice.getPrincipal();
    await stage.settle();
    await stage.pic.stopCanister({ canisterId: stage.wallet, sender });
    await stage.pic.upgradeCanister({
      canisterId: stage.wallet,
      wasm: wasm.slice().buffer,
      sender,
    });
    await stage.pic.startCanister({ canisterId: stage.wallet, sender });
    expect(accepted(await stage.as(carol).getProposal(id)).state).toEqual({ Timelocked: null });
    await stage.pass(HOUR);
    expect(accepted(await stage.as(carol).getProposal(id)).state).toEqual({ Executed: null });
    expect(await stage.balanceOf(dave)).toBe(5n);
  });

  test('shows the balances of the assets it watches', async () => {
    await open();
    accepted(await stage.as(alice).watchAsset(stage.ledger));
    accepted(await stage.as(alice).watchAsset(stage.wallet));
    const assets = accepted(await stage.as(oscar).refreshBalances());
    expect(assets).toMatchObject([
      { symbol: ['TEST'], decimals: [8], balance: [FUNDS], problem: [] },
      { balance: [] },
    ]);
    expect(assets[1]!.problem).toHaveLength(1);
    expect(await stage.as(stranger).getAssets()).toEqual({ Ok: assets });
  });

  test('makes arbitrary calls, and manages canisters that it controls', async () => {
    await open();
    const sender = alice.getPrincipal();
    const child = await stage.pic.createCanister({ sender, controllers: [sender, stage.wallet] });
    const name = new Uint8Array(IDL.encode([], []));
    const settings = {
      controllers: [[stage.wallet]] as [(typeof stage.wallet)[]],
      computeAllocation: [] as [],
      memoryAllocation: [] as [],
      freezingThreshold: [] as [],
    };
    const { id } = await approved([
      actions.call(stage.ledger, 'icrc1_name', name),
      actions.manage(child, { UpdateSettings: settings }),
      actions.manage(child, { Stop: null }),
      actions.manage(child, { Start: null }),
      actions.manage(child, { DepositCycles: 1_000_000_000n }),
    ]);
    const report = accepted(await stage.client(alice).execute(id));
    expect(report.state).toEqual({ Executed: null });
    const [outcome] = report.outcomes;
    const reply = outcome !== undefined && 'Done' in outcome ? outcome.Done.reply[0] : undefined;
    expect(IDL.decode([IDL.Text], Uint8Array.from(reply!))).toEqual(['Test Token']);
    await expect(stage.pic.stopCanister({ canisterId: child, sender })).rejects.toThrow();
  });

  test('installs a module into a canister that it controls', async () => {
    await open();
    const sender = alice.getPrincipal();
    const child = await stage.pic.createCanister({
      sender,
      controllers: [stage.wallet],
      cycles: 100_000_000_000_000n,
    });
    const { wasm, hash } = builtModule('multisig');
    const chunks = [];
    for (let at = 0; at < wasm.length; at += 500_000) {
      const chunk = wasm.slice(at, at + 500_000);
      expect(refusalCode(await stage.as(stranger).uploadChunk(child, chunk))).toBe(
        'multisig.not_a_signer',
      );
      chunks.push(accepted(await stage.as(alice).uploadChunk(child, chunk)));
    }
    const init = { factory: new Uint8Array(), owner: bytesOf(alice), order: orderOf() };
    const arg = encoder(WalletContract.init)([init]);
    const install = { mode: { install: null }, moduleHash: hash, chunks, arg };
    const { id } = await approved([actions.manage(child, { Install: install })]);
    expect(accepted(await stage.client(alice).execute(id)).state).toEqual({ Executed: null });
  });

  test('is paused by a guardian and set free by its signers', async () => {
    await open({ autoExecute: true });
    accepted(await stage.as(gina).pause('A laptop was stolen'));
    expect((await stage.as(alice).contractHealth()).status).toBe('paused');
    const { id } = await approved([pay(5n)]);
    await stage.settle();
    expect(refusalCode(await stage.client(alice).execute(id))).toBe('multisig.paused');
    await approved([actions.change({ Unpause: null })]);
    await stage.settle();
    expect((await stage.as(alice).contractHealth()).status).toBe('active');
    await stage.settle();
    expect(await stage.balanceOf(dave)).toBe(5n);
  });
});

describe('faults of the peer that do not come back', () => {
  test("critical: an outsider's call neither executes nor locks anything", async () => {
    await open();
    const { id, hash } = await approved([pay(5n)]);
    const outsider = stage.as(stranger);
    const codes = [
      await outsider.execute(id),
      await outsider.approve(id, hash),
      await outsider.reject(id),
      await outsider.revoke(id),
      await outsider.cancel(id),
      await outsider.pause(''),
      await outsider.watchAsset(stage.ledger),
      await outsider.unwatchAsset(stage.ledger),
      await outsider.refreshBalances(),
      await outsider.setVisibility(false),
      await outsider.setAutoUpdate(true),
    ].map(refusalCode);
    expect(codes.every((code) => code.startsWith('multisig.'))).toBe(true);
    expect(accepted(await stage.client(alice).execute(id)).state).toEqual({ Executed: null });
  });

  test('critical: nobody gets a say by naming somebody else', async () => {
    await open();
    expect(refusalCode(await stage.as(alice).setAutoUpdate(true))).toBe('multisig.by_proposal');
    expect(await stage.as(alice).autoUpdate()).toBe(false);
  });

  test('medium: a private wallet reveals nothing to strangers', async () => {
    await open({ isPublic: false });
    const { id } = await proposed([pay(5n)]);
    const outsider = stage.as(stranger);
    const all = { before: [] as [], limit: [] as [] };
    const views = [
      () => outsider.getProposal(id),
      () => outsider.getProposals({ state: [], ...all }),
      () => outsider.getActivity(all),
      () => outsider.getAssets(),
      () => outsider.getWallet(),
      () => outsider.getSummary(),
    ];
    for (const view of views) expect(refusalCode(await view())).toBe('multisig.private');
    expect(await outsider.contractHealth()).toMatchObject({
      status: '',
      cycles: 0n,
      eventsWaiting: 0,
      eventsDropped: 0,
    });
    // Nor does it say which proposals there are.
    const nothing = new Uint8Array(32);
    for (const call of ['approve', 'reject', 'revoke', 'cancel', 'execute'] as const) {
      const ask = (at: number) =>
        call === 'approve' ? outsider.approve(at, nothing) : outsider[call](at);
      expect(refusalCode(await ask(id)), call).toBe(refusalCode(await ask(id + 1)));
    }
    for (const member of [alice, oscar, gina]) {
      expect((await stage.as(member).contractHealth()).cycles).toBeGreaterThan(0n);
      expect(accepted(await stage.as(member).getProposal(id)).title).toBe('Pay');
    }
  });
});
