import { beforeEach, describe, expect, test } from 'vitest';

import {
  alice,
  approveBy,
  approved,
  bob,
  by,
  carol,
  changes,
  codeOf,
  dave,
  eve,
  execute,
  gina,
  lost,
  NOW,
  openWallet,
  paul,
  proposed,
  refusedBy,
  request,
  stateOf,
  transfer,
  transferred,
  undelivered,
} from '../../fixtures/wallet.ts';
import { attend } from '../execution/attend.ts';
import { DAY, HOUR } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { propose } from './propose.ts';
import { approve, cancel, reject, revoke } from './vote.ts';

let wallet: Wallet;

beforeEach(() => {
  ({ wallet } = openWallet({ proposers: [paul], observers: [dave] }));
});

describe('every state is reached', () => {
  test('Pending: proposed, with the approval of the signer who proposes', () => {
    const id = proposed(wallet, [transfer(1n)]);
    expect(stateOf(wallet, id)).toBe('Pending');
    expect(wallet.ballot(id)!.approvals).toHaveLength(1);
  });

  test('Pending: a proposer without a vote approves nothing', () => {
    const id = proposed(wallet, [transfer(1n)], by(paul));
    expect(wallet.ballot(id)!.approvals).toHaveLength(0);
  });

  test('Approved: with the approvals it needs', () => {
    expect(stateOf(wallet, approved(wallet, [transfer(1n)]))).toBe('Approved');
  });

  test('Timelocked, then Approved when the time has come, by itself', () => {
    ({ wallet } = openWallet({ timelock: HOUR }));
    const id = approved(wallet, [transfer(1n)]);
    expect(stateOf(wallet, id)).toBe('Timelocked');
    expect(codeOf(execute(wallet, id))).toBe('multisig.wrong_state');
    expect(attend(wallet, NOW + HOUR - 1n).run).toEqual([]);
    expect(stateOf(wallet, id)).toBe('Timelocked');
    attend(wallet, NOW + HOUR);
    expect(stateOf(wallet, id)).toBe('Approved');
  });

  test('Executing: while a call is out', () => {
    const id = approved(wallet, [transfer(1n)]);
    execute(wallet, id, () => {
      expect(stateOf(wallet, id)).toBe('Executing');
      return transferred(1n);
    });
  });

  test('Executed: every action was done', () => {
    const id = approved(wallet, [transfer(1n), transfer(2n)]);
    execute(wallet, id);
    expect(stateOf(wallet, id)).toBe('Executed');
    expect(wallet.ballot(id)!.outcomes).toEqual([
      { Done: { block: 7n, reply: null } },
      { Done: { block: 7n, reply: null } },
    ]);
  });

  test('Failed: an action was not done, and those after it were not begun', () => {
    const id = approved(wallet, [transfer(1n), transfer(2n), transfer(3n)]);
    let calls = 0;
    execute(wallet, id, () => {
      calls += 1;
      return calls === 1 ? transferred(1n) : refusedBy({ InsufficientFunds: { balance: 0n } });
    });
    expect(stateOf(wallet, id)).toBe('Failed');
    expect(wallet.ballot(id)!.outcomes.map((outcome) => Object.keys(outcome)[0])).toEqual([
      'Done',
      'Failed',
      'NotRun',
    ]);
  });

  test('Failed: a call that was not delivered', () => {
    const id = approved(wallet, [transfer(1n)]);
    execute(wallet, id, () => undelivered);
    expect(stateOf(wallet, id)).toBe('Failed');
  });

  test('Rejected: when the approvals cannot be reached any more', () => {
    const id = proposed(wallet, [transfer(1n)]);
    reject(wallet, id, by(bob));
    expect(stateOf(wallet, id)).toBe('Pending');
    reject(wallet, id, by(carol));
    expect(stateOf(wallet, id)).toBe('Rejected');
  });

  test('Expired: by itself, whether it was approved or not', () => {
    const pending = proposed(wallet, [transfer(1n)]);
    const ready = approved(wallet, [transfer(1n)]);
    attend(wallet, NOW + DAY);
    expect(stateOf(wallet, pending)).toBe('Expired');
    expect(stateOf(wallet, ready)).toBe('Expired');
    expect(wallet.register.open).toBe(0);
  });

  test('Expired: when somebody comes too late', () => {
    const id = proposed(wallet, [transfer(1n)]);
    expect(codeOf(approveBy(wallet, id, bob, NOW + DAY))).toBe('multisig.wrong_state');
    expect(stateOf(wallet, id)).toBe('Expired');
  });

  test('Cancelled: by whoever proposed it', () => {
    const id = proposed(wallet, [transfer(1n)]);
    expect(codeOf(cancel(wallet, id, by(bob)))).toBe('multisig.not_the_proposer');
    cancel(wallet, id, by(alice));
    expect(stateOf(wallet, id)).toBe('Cancelled');
  });
});

describe('votes', () => {
  test('must name the hash of what they approve', () => {
    const id = proposed(wallet, [transfer(1n)]);
    const other = proposed(wallet, [transfer(2n)]);
    const { hash } = wallet.ballot(other)!;
    expect(codeOf(approve(wallet, id, hash, by(bob)))).toBe('multisig.wrong_hash');
  });

  test('are given once, and can be turned around and taken back', () => {
    const id = proposed(wallet, [transfer(1n)]);
    expect(codeOf(approveBy(wallet, id, alice))).toBe('multisig.already_voted');
    approveBy(wallet, id, bob);
    reject(wallet, id, by(bob));
    expect(wallet.ballot(id)).toMatchObject({
      approvals: [{ who: alice }],
      rejections: [{ who: bob }],
      state: { Pending: null },
    });
    expect(codeOf(reject(wallet, id, by(bob)))).toBe('multisig.already_voted');
    revoke(wallet, id, by(bob));
    expect(wallet.ballot(id)!.rejections).toEqual([]);
    expect(codeOf(revoke(wallet, id, by(bob)))).toBe('multisig.not_voted');
  });

  test('taken back in time stop an approved proposal', () => {
    const id = approved(wallet, [transfer(1n)]);
    revoke(wallet, id, by(bob));
    expect(stateOf(wallet, id)).toBe('Pending');
    expect(codeOf(execute(wallet, id))).toBe('multisig.wrong_state');
  });

  test('are for signers', () => {
    const id = proposed(wallet, [transfer(1n)]);
    for (const who of [paul, dave, eve]) {
      expect(codeOf(approveBy(wallet, id, who))).toBe('multisig.not_a_voter');
      expect(codeOf(reject(wallet, id, by(who)))).toBe('multisig.not_a_voter');
      expect(codeOf(revoke(wallet, id, by(who)))).toBe('multisig.not_a_voter');
    }
  });

  test('are not taken while and after it is executed', () => {
    const id = approved(wallet, [transfer(1n)]);
    execute(wallet, id, () => lost);
    expect(stateOf(wallet, id)).toBe('Executing');
    expect(codeOf(revoke(wallet, id, by(bob)))).toBe('multisig.wrong_state');
    expect(codeOf(cancel(wallet, id, by(alice)))).toBe('multisig.wrong_state');
  });

  test('on what does not exist are refused', () => {
    const none = new Uint8Array(32);
    expect(codeOf(approve(wallet, 0, none, by(alice)))).toBe('multisig.unknown_proposal');
    expect(codeOf(cancel(wallet, 9, by(alice)))).toBe('multisig.unknown_proposal');
  });

  test('a time-lock begins anew when the approvals were gone in between', () => {
    ({ wallet } = openWallet({ timelock: HOUR }));
    const id = approved(wallet, [transfer(1n)]);
    revoke(wallet, id, by(bob, NOW + HOUR / 2n));
    approveBy(wallet, id, bob, NOW + HOUR / 2n);
    attend(wallet, NOW + HOUR);
    expect(stateOf(wallet, id)).toBe('Timelocked');
  });
});

describe('proposals are refused', () => {
  const code = (who: Uint8Array, fields: Partial<Parameters<typeof request>[1]> = {}) =>
    codeOf(propose(wallet, request([transfer(1n)], fields), by(who)));

  test('from observers, guardians and strangers', () => {
    ({ wallet } = openWallet({ observers: [dave], guardians: [gina] }));
    for (const who of [dave, gina, eve]) expect(code(who)).toBe('multisig.not_a_proposer');
  });

  test('with a wrong title or description', () => {
    expect(code(alice, { title: '' })).toBe('multisig.title_length');
    expect(code(alice, { title: 'x'.repeat(101) })).toBe('multisig.text_length');
    expect(code(alice, { title: 'two\nlines' })).toBe('multisig.text_characters');
    expect(code(alice, { description: 'x'.repeat(2_001) })).toBe('multisig.text_length');
    expect(code(alice, { description: 'two\nlines' })).toBe('Ok');
  });

  test('without actions', () => {
    expect(code(alice, { actions: [] })).toBe('multisig.no_actions');
  });

  test('beyond five open ones of a member, so that nobody takes all places', () => {
    for (let count = 0; count < 5; count += 1) expect(code(alice)).toBe('Ok');
    expect(code(alice)).toBe('multisig.too_many_open');
    expect(code(bob)).toBe('Ok');
    cancel(wallet, 0, by(alice));
    expect(code(alice)).toBe('Ok');
  });

  test('as a recovery of a wallet without one', () => {
    const fields = { actions: changes({ SetThreshold: 1 }), recovery: true };
    expect(code(alice, fields)).toBe('multisig.no_recovery');
  });
});
