import { describe, expect, test } from 'vitest';

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
  ledger,
  NOW,
  openWallet,
  proposed,
  request,
  rule,
  self,
  stateOf,
  transfer,
  transferred,
} from '../fixtures/wallet.ts';
import { encoder } from '@fabrica/core/candid';
import { IcrcLedger } from '../peers/icrc-ledger.ts';
import type { Action } from '../schemas/actions.ts';
import { changeAlone } from './change-alone.ts';
import { attend, beginDue } from './execution/attend.ts';
import { pause } from './guardians.ts';
import { propose } from './proposals/propose.ts';
import { proposalHash } from './proposals/proposal-hash.ts';
import { encoded } from './proposals/contents.ts';
import { reject } from './proposals/vote.ts';
import { DAY, HOUR } from './time.ts';

const add = (who: Uint8Array) => ({ AddSigner: { who, name: null } });
const refusal = (fields: Parameters<typeof openWallet>[0], actions: readonly Action[]) =>
  codeOf(propose(openWallet(fields).wallet, request(actions), by(alice)));

describe('faults of the peer that do not come back', () => {
  test('critical: no change may leave the wallet unable to act, when it is proposed', () => {
    expect(refusal({}, changes({ SetThreshold: 4 }))).toBe('multisig.threshold_range');
    expect(refusal({}, changes({ SetThreshold: 0 }))).toBe('multisig.threshold_range');
    expect(refusal({ threshold: 3 }, changes({ RemoveSigner: bob }))).toBe(
      'multisig.threshold_range',
    );
    const lone = { signers: [{ who: alice, name: null }], threshold: 1 };
    expect(refusal(lone, changes({ RemoveSigner: alice }))).toBe('multisig.members_count');
    const strict = { rules: [rule({ approvals: 3 })] };
    expect(refusal(strict, changes({ RemoveSigner: bob }))).toBe('multisig.rule_approvals_range');
    const recovery = { recovery: { approvals: 3, delay: DAY } };
    expect(refusal(recovery, changes({ RemoveSigner: bob }))).toBe(
      'multisig.recovery_approvals_range',
    );
    expect(refusal({ threshold: 3 }, changes({ SetThreshold: 2 }, { RemoveSigner: bob }))).toBe(
      'Ok',
    );
    expect(
      refusal(
        { threshold: 3 },
        changes({ ReplaceSigner: { old: bob, with: { who: dave, name: null } } }),
      ),
    ).toBe('Ok');
  });

  test('critical: no change may leave the wallet unable to act, when it is executed', () => {
    const { wallet } = openWallet();
    const first = approved(wallet, changes({ RemoveSigner: carol }));
    const second = proposed(wallet, changes({ SetThreshold: 3 }));
    approveBy(wallet, second, bob);
    execute(wallet, first);
    expect(codeOf(execute(wallet, second))).toBe('multisig.threshold_range');
    expect(wallet.config.get().threshold).toBe(2);
  });

  test('high: a proposal whose time-lock has passed can be executed', () => {
    const { wallet } = openWallet({ timelock: HOUR });
    const id = approved(wallet, [transfer(1n)]);
    expect(codeOf(execute(wallet, id, undefined, NOW + HOUR))).toBe('Ok');
    expect(stateOf(wallet, id)).toBe('Executed');
  });

  test('high: the policy decides how many approvals it takes, in every way of executing', () => {
    const { wallet } = openWallet({ autoExecute: true, rules: [rule({ approvals: 3 })] });
    const id = approved(wallet, [transfer(1n)]);
    expect(stateOf(wallet, id)).toBe('Pending');
    expect(codeOf(execute(wallet, id))).toBe('multisig.wrong_state');
    expect(attend(wallet, NOW).run).toEqual([]);
    approveBy(wallet, id, carol);
    expect(attend(wallet, NOW).run).toEqual([id]);
  });

  test('high: nothing is executed by itself while the wallet is paused', () => {
    const { wallet } = openWallet({ autoExecute: true, guardians: [gina] });
    pause(wallet, 'stolen laptop', by(gina));
    const id = approved(wallet, [transfer(1n)]);
    attend(wallet, NOW);
    expect(beginDue(wallet, id, by(self))).toBe(false);
    expect(stateOf(wallet, id)).toBe('Approved');
  });

  test('high: what is shown is what is executed', () => {
    const { wallet } = openWallet();
    const actions = [transfer(1n)];
    const id = proposed(wallet, actions);
    const { hash } = wallet.ballot(id)!;
    const bytes = (all: readonly Action[]) => encoded('', '', all).actions;
    expect(hash).toEqual(proposalHash(self, bytes(actions)));
    expect(hash).not.toEqual(proposalHash(self, bytes([transfer(2n)])));
    expect(hash).not.toEqual(proposalHash(ledger, bytes(actions)));
  });

  test('high: approvals of removed signers stop counting, for good', () => {
    const { wallet } = openWallet({ timelock: 0n });
    const id = approved(wallet, [transfer(1n)]);
    const removal = proposed(wallet, changes(add(dave), { RemoveSigner: bob }), by(carol));
    approveBy(wallet, removal, alice);
    execute(wallet, removal);
    expect(stateOf(wallet, id)).toBe('Pending');
    const back = proposed(wallet, changes(add(bob)), by(carol));
    approveBy(wallet, back, alice);
    execute(wallet, back);
    expect(stateOf(wallet, id)).toBe('Pending');
    expect(codeOf(approveBy(wallet, id, bob))).toBe('Ok');
    expect(stateOf(wallet, id)).toBe('Approved');
    expect(wallet.ballot(id)!.approvals).toHaveLength(2);
  });

  test('high: a paused wallet can always be set free by its signers', () => {
    const { wallet, effects } = openWallet({ guardians: [gina], timelock: DAY });
    pause(wallet, '', by(gina));
    expect(
      codeOf(execute(wallet, approved(wallet, [transfer(1n)]), undefined, NOW + DAY)),
    ).not.toBe('Ok');
    const id = approved(wallet, changes({ Unpause: null }));
    expect(codeOf(execute(wallet, id))).toBe('Ok');
    expect(wallet.config.get().paused).toBeNull();
    expect(effects).toEqual([{ Paused: true }, { Paused: false }]);
    const removal = approved(wallet, changes({ RemoveGuardian: gina }));
    execute(wallet, removal, undefined, NOW + DAY);
    expect(codeOf(pause(wallet, '', by(gina)))).toBe('multisig.not_a_guardian');
  });

  test('high: limits are charged when money leaves, in token units, and reset by time', () => {
    const limits = [{ ledger, perTransfer: 60n, perDay: 100n }];
    const { wallet } = openWallet({ limits, lifetime: 10n * DAY });
    expect(codeOf(propose(wallet, request([transfer(61n)]), by(alice)))).toBe(
      'multisig.limit_per_transfer',
    );
    const all = [60n, 60n, 40n].map((amount) => approved(wallet, [transfer(amount)]));
    const [first, second, third] = all as [number, number, number];
    expect(codeOf(execute(wallet, first))).toBe('Ok');
    expect(codeOf(execute(wallet, second))).toBe('multisig.limit_per_day');
    expect(stateOf(wallet, second)).toBe('Approved');
    expect(codeOf(execute(wallet, third))).toBe('Ok');
    expect(codeOf(execute(wallet, second, undefined, NOW + DAY - 1n))).toBe(
      'multisig.limit_per_day',
    );
    expect(codeOf(execute(wallet, second, undefined, NOW + DAY))).toBe('Ok');
  });

  test('high: a batch does not get around a daily limit', () => {
    const limits = [{ ledger, perTransfer: null, perDay: 100n }];
    expect(refusal({ limits }, [transfer(60n), transfer(60n)])).toBe('multisig.limit_per_day');
  });

  test('high: a raw call does not get around a limit', () => {
    const limits = [{ ledger, perTransfer: 60n, perDay: null }];
    const raw = (method: string, args: Uint8Array): Action => ({
      Call: { canister: ledger, method, args, cycles: 0n },
    });
    const [spec] = [IcrcLedger.methods.icrc1_transfer];
    const args = encoder(spec.args)([
      {
        from_subaccount: null,
        to: { owner: dave, subaccount: null },
        amount: 61n,
        fee: null,
        memo: null,
        created_at_time: null,
      },
    ]);
    const empty = encoder([])([]);
    expect(refusal({ limits }, [raw('icrc1_transfer', args)])).toBe('multisig.limit_per_transfer');
    expect(refusal({ limits }, [raw('icrc1_transfer', empty)])).toBe('multisig.call_undecodable');
    expect(refusal({ limits }, [raw('send_dfx', empty)])).toBe('multisig.call_of_limited_token');
    expect(refusal({}, [raw('send_dfx', empty)])).toBe('Ok');
  });

  test('medium: a person alone changes neither visibility nor upgrades, unless he could by the policy', () => {
    const { wallet } = openWallet();
    const change = { SetVisibility: false };
    expect(codeOf(changeAlone(wallet, change, by(alice)))).toBe('multisig.by_proposal');
    const single = openWallet({ threshold: 1 });
    expect(codeOf(changeAlone(single.wallet, change, by(alice)))).toBe('Ok');
    expect(codeOf(changeAlone(single.wallet, change, by(eve)))).toBe('multisig.by_proposal');
    expect(single.effects).toEqual([{ Visibility: false }]);
    const slow = openWallet({ threshold: 1, timelock: HOUR });
    expect(codeOf(changeAlone(slow.wallet, change, by(alice)))).toBe('multisig.by_proposal');
  });
});

describe('a recovery', () => {
  const delay = 7n * DAY;
  const fields = { threshold: 3, guardians: [gina], recovery: { approvals: 2, delay } };
  const replace = changes({ ReplaceSigner: { old: carol, with: { who: dave, name: null } } });

  test('takes fewer approvals, by signers and guardians, and its delay', () => {
    const { wallet, effects } = openWallet(fields);
    const id = proposed(wallet, replace, by(gina), { recovery: true });
    approveBy(wallet, id, alice);
    expect(stateOf(wallet, id)).toBe('Timelocked');
    expect(codeOf(execute(wallet, id, undefined, NOW + delay - 1n))).toBe('multisig.wrong_state');
    expect(codeOf(execute(wallet, id, undefined, NOW + delay))).toBe('Ok');
    expect(effects).toEqual([
      { RoleAdded: { role: 'signer', user: dave } },
      { RoleRemoved: { role: 'signer', user: carol } },
    ]);
  });

  test('ends when as many signers reject it as could act in the ordinary way', () => {
    const { wallet } = openWallet({ ...fields, threshold: 2, guardians: [gina, eve] });
    const id = proposed(wallet, replace, by(gina), { recovery: true });
    approveBy(wallet, id, eve);
    reject(wallet, id, by(alice));
    expect(stateOf(wallet, id)).toBe('Timelocked');
    reject(wallet, id, by(carol));
    expect(stateOf(wallet, id)).toBe('Rejected');
  });

  test('changes signers and nothing else', () => {
    const { wallet } = openWallet(fields);
    const code = (actions: readonly Action[]) =>
      codeOf(propose(wallet, request(actions, { recovery: true }), by(gina)));
    expect(code([transfer(1n)])).toBe('multisig.recovery_action');
    expect(code(changes({ SetVisibility: true }))).toBe('multisig.recovery_action');
    expect(code(changes({ SetThreshold: 2 }, { RemoveSigner: bob }))).toBe('Ok');
  });

  test('abolished meanwhile is over: guardians never meet the threshold of signers', () => {
    const { wallet } = openWallet({ ...fields, threshold: 2 });
    const id = proposed(wallet, replace, by(gina), { recovery: true });
    approveBy(wallet, id, carol);
    execute(wallet, approved(wallet, changes({ SetRecovery: { recovery: null } })));
    expect(stateOf(wallet, id)).toBe('Rejected');
  });

  test('guardians vote on nothing else', () => {
    const { wallet } = openWallet(fields);
    const id = proposed(wallet, [transfer(1n)]);
    expect(codeOf(approveBy(wallet, id, gina))).toBe('multisig.not_a_voter');
  });
});

describe('actions that cannot be meant', () => {
  const bytes = (length: number) => new Uint8Array(length);
  const call = (canister: Uint8Array, method = 'x', args = encoder([])([])): Action => ({
    Call: { canister, method, args, cycles: 0n },
  });
  const send = (fields: object): Action => {
    const [{ Transfer }] = [transfer(5n) as { readonly Transfer: object }];
    return { Transfer: { ...Transfer, ...fields } } as Action;
  };
  test.each<[string, Action]>([
    ['action_target', call(self)],
    ['action_target', call(bytes(0))],
    ['action_target', transfer(1n, self)],
    ['action_target', { Manage: { canister: bytes(0), operation: { Start: null } } }],
    ['action_method', call(ledger, '')],
    ['action_method', call(ledger, 'x'.repeat(101))],
    ['action_args', call(ledger, 'x', bytes(4))],
    ['action_amount', send({ amount: 0n })],
    ['action_subaccount', send({ fromSubaccount: bytes(31) })],
    ['action_subaccount', send({ to: { owner: dave, subaccount: bytes(33) } })],
    ['action_memo', send({ memo: bytes(33) })],
    [
      'action_account_id',
      {
        IcpTransfer: {
          ledger,
          fromSubaccount: null,
          to: bytes(32),
          amount: 1n,
          fee: 1n,
          memo: null,
        },
      },
    ],
    ['no_controllers', manage({ UpdateSettings: settings([]) })],
    ['action_amount', manage({ DepositCycles: 0n })],
    ['action_chunks', manage({ Install: install([]) })],
    ['action_hash', manage({ Install: install([bytes(31)]) })],
    ['limit_unknown', changes({ RemoveLimit: ledger })[0]!],
    ['not_paused', changes({ Unpause: null })[0]!],
    ['member_repeated', changes(add(bob))[0]!],
    ['not_in_role', changes({ RemoveObserver: bob })[0]!],
    ['member_invalid', changes({ AddGuardian: Uint8Array.of(4) })[0]!],
    ['name_length', changes({ Rename: { name: '', description: null } })[0]!],
  ])('%s', (code, action) => {
    expect(refusal({}, [action])).toBe(`multisig.${code}`);
  });

  function manage(operation: Extract<Action, { Manage: unknown }>['Manage']['operation']): Action {
    return { Manage: { canister: ledger, operation } };
  }
  function settings(controllers: readonly Uint8Array[]) {
    return {
      controllers,
      computeAllocation: null,
      memoryAllocation: null,
      freezingThreshold: null,
    };
  }
  function install(chunks: readonly Uint8Array[]) {
    return { mode: { upgrade: null }, moduleHash: bytes(32), chunks, arg: bytes(0) } as const;
  }
});

test('what the factory indexes is told when it changes', () => {
  const { wallet, effects } = openWallet();
  const all = changes(
    add(dave),
    { RemoveSigner: carol },
    { AddObserver: eve },
    { RemoveObserver: eve },
    { AddGuardian: gina },
    { SetVisibility: false },
    { SetAutoUpdate: true },
  );
  execute(wallet, approved(wallet, all), () => transferred(0n));
  expect(effects).toEqual([
    { RoleAdded: { role: 'signer', user: dave } },
    { RoleRemoved: { role: 'signer', user: carol } },
    { RoleAdded: { role: 'observer', user: eve } },
    { RoleRemoved: { role: 'observer', user: eve } },
    { Visibility: false },
    { AutoUpdate: true },
  ]);
});
