import { encoder } from '@fabrica/core/candid';
import { describe, expect, test } from 'vitest';

import {
  alice,
  app,
  approveBy,
  approved,
  bob,
  by,
  carol,
  changes,
  codeOf,
  dave,
  execute,
  ledger,
  NOW,
  openWallet,
  proposed,
  self,
  transfer,
} from '../../fixtures/wallet.ts';
import { IcrcLedger } from '../../peers/icrc-ledger.ts';
import type { Action } from '../../schemas/actions.ts';
import type { ProposalState } from '../../schemas/proposals.ts';
import { keepBalance, refuseRefresh, unwatchAsset, watchAsset } from '../assets/assets.ts';
import { cancel } from '../proposals/vote.ts';
import { DAY, SECOND } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { activityPage } from './activity-page.ts';
import { proposalPage } from './proposal-page.ts';
import { proposalView } from './proposal-view.ts';

function idsOf(
  wallet: Wallet,
  state: ProposalState | null,
  before: number | null = null,
  limit = 50,
  now = NOW,
) {
  const page = proposalPage(wallet, { state, before, limit }, now);
  if ('Err' in page) throw new Error(page.Err.code);
  return { ids: page.Ok.proposals.map(({ id }) => id), next: page.Ok.next };
}

/** A wallet with many proposals: the even ones cancelled, the odd ones executed, the last three open. */
function busyWallet(count: number): Wallet {
  const { wallet } = openWallet();
  for (let id = 0; id < count; id += 1) {
    if (id % 2 === 0) cancel(wallet, proposed(wallet, [transfer(1n)]), by(alice));
    else execute(wallet, approved(wallet, [transfer(1n)]));
  }
  for (let left = 0; left < 3; left += 1) proposed(wallet, [transfer(1n)]);
  return wallet;
}

describe('proposals', () => {
  test('come newest first, in pages without gap or overlap', () => {
    const wallet = busyWallet(10);
    const all: number[] = [];
    let before: number | null = null;
    do {
      const page = idsOf(wallet, null, before, 4);
      all.push(...page.ids);
      before = page.next;
    } while (before !== null);
    expect(all).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  test('of one state are found among all the others', () => {
    const wallet = busyWallet(10);
    expect(idsOf(wallet, { Executed: null })).toEqual({ ids: [9, 7, 5, 3, 1], next: null });
    expect(idsOf(wallet, { Cancelled: null }, null, 2)).toEqual({ ids: [8, 6], next: 6 });
    expect(idsOf(wallet, { Cancelled: null }, 6, 2)).toEqual({ ids: [4, 2], next: 2 });
    expect(idsOf(wallet, { Pending: null })).toEqual({ ids: [12, 11, 10], next: null });
    expect(idsOf(wallet, { Failed: null })).toEqual({ ids: [], next: null });
  });

  test('of one state are found across pages of states', () => {
    const { wallet } = openWallet();
    wallet.closed.set(2_500, 'Failed');
    wallet.closed.set(1_023, 'Failed');
    wallet.closed.set(0, 'Failed');
    expect(wallet.closed.newest('Failed', 3_000, 10)).toEqual([2_500, 1_023, 0]);
    expect(wallet.closed.newest('Failed', 2_500, 1)).toEqual([1_023]);
    expect(wallet.closed.newest('Expired', 3_000, 10)).toEqual([]);
  });

  test('show the state of now, before anything has written it', () => {
    const { wallet } = openWallet();
    const id = proposed(wallet, [transfer(1n)]);
    expect(proposalView(wallet, id, NOW + DAY, self)).toMatchObject({
      Ok: { state: { Expired: null } },
    });
    expect(idsOf(wallet, { Pending: null }, null, 50, NOW + DAY).ids).toEqual([]);
  });

  test('pages of 0 and of more than 100 rows are refused', () => {
    const { wallet } = openWallet();
    for (const limit of [0, 101]) {
      const query = { state: null, before: null, limit };
      expect(codeOf(proposalPage(wallet, query, NOW))).toBe('multisig.page_size');
      expect(codeOf(activityPage(wallet, query))).toBe('multisig.page_size');
    }
  });
});

describe('a proposal', () => {
  test('shows which votes still count', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(1n)]);
    const removal = proposed(wallet, changes({ RemoveSigner: bob }), by(carol));
    approveBy(wallet, removal, alice);
    execute(wallet, removal);
    const view = proposalView(wallet, id, NOW, self);
    expect('Ok' in view && view.Ok.approvals.map(({ counts }) => counts)).toEqual([true, false]);
  });

  test('shows what a raw call says, and what it is taken for', () => {
    const { wallet } = openWallet();
    const arg = {
      from_subaccount: null,
      to: { owner: dave, subaccount: null },
      amount: 5n,
      fee: null,
      memo: null,
      created_at_time: null,
    };
    const args = encoder(IcrcLedger.methods.icrc1_transfer.args)([arg]);
    const raw: Action = { Call: { canister: ledger, method: 'icrc1_transfer', args, cycles: 0n } };
    const other: Action = { Call: { canister: app, method: 'ping', args, cycles: 0n } };
    const id = proposed(wallet, [raw, other]);
    expect(proposalView(wallet, id, NOW, self)).toMatchObject({
      Ok: {
        actions: [
          { action: raw, kind: { Transfer: null }, decoded: { Icrc1Transfer: arg }, outcome: null },
          { action: other, kind: { Call: null }, decoded: null, outcome: null },
        ],
      },
    });
  });

  test('that does not exist is refused', () => {
    const { wallet } = openWallet();
    expect(codeOf(proposalView(wallet, 0, NOW, self))).toBe('multisig.unknown_proposal');
  });
});

test('the activity log tells who did what, newest first, in pages', () => {
  const { wallet } = openWallet();
  const id = approved(wallet, [transfer(1n)]);
  execute(wallet, id);
  const page = activityPage(wallet, { before: null, limit: 3 });
  expect(page).toMatchObject({
    Ok: {
      entries: [
        { actor: null, proposal: id, event: { Executed: null } },
        { actor: alice, proposal: id, event: { ExecutionBegun: null } },
        { actor: bob, proposal: id, event: { Approved: null } },
      ],
      from: 4,
      next: 2,
    },
  });
  expect(activityPage(wallet, { before: 2, limit: 3 })).toMatchObject({
    Ok: { entries: [{ event: { Proposed: null } }, { event: { Created: null } }], next: null },
  });
});

describe('watched assets', () => {
  test('are chosen by signers, once each and twenty at most', () => {
    const { wallet } = openWallet({ observers: [dave] });
    expect(codeOf(watchAsset(wallet, ledger, by(dave)))).toBe('multisig.not_a_signer');
    expect(codeOf(watchAsset(wallet, ledger, by(alice)))).toBe('Ok');
    expect(codeOf(watchAsset(wallet, ledger, by(alice)))).toBe('multisig.asset_watched');
    expect(codeOf(unwatchAsset(wallet, app, by(alice)))).toBe('multisig.asset_unknown');
    for (let more = 1; more < 20; more += 1) {
      watchAsset(wallet, Uint8Array.of(more, 1, 1), by(alice));
    }
    expect(codeOf(watchAsset(wallet, app, by(alice)))).toBe('multisig.assets_count');
    expect(codeOf(unwatchAsset(wallet, ledger, by(alice)))).toBe('Ok');
    expect(codeOf(watchAsset(wallet, app, by(alice)))).toBe('Ok');
  });

  test('keep the last balance when a ledger does not answer, and say so', () => {
    const { wallet } = openWallet();
    watchAsset(wallet, ledger, by(alice));
    keepBalance(wallet, ledger, { balance: 5n, symbol: 'TKN', decimals: 8 }, NOW);
    keepBalance(wallet, ledger, { problem: 'stopped' }, NOW + 1n);
    expect(wallet.assets.get()).toEqual([
      { ledger, symbol: 'TKN', decimals: 8, balance: 5n, updatedAt: NOW, problem: 'stopped' },
    ]);
    unwatchAsset(wallet, ledger, by(alice));
    keepBalance(wallet, ledger, { balance: 6n, symbol: null, decimals: null }, NOW);
    expect(wallet.assets.get()).toEqual([]);
  });

  test('are asked for by members, not too often', () => {
    const { wallet } = openWallet({ observers: [dave] });
    expect(refuseRefresh(wallet, null, by(app))?.Err.code).toBe('multisig.private');
    expect(refuseRefresh(wallet, null, by(dave))).toBeNull();
    expect(refuseRefresh(wallet, NOW, by(dave, NOW + 9n * SECOND))?.Err.code).toBe(
      'multisig.refresh_too_soon',
    );
    expect(refuseRefresh(wallet, NOW, by(dave, NOW + 10n * SECOND))).toBeNull();
  });
});
