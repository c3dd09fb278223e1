import { decoder, encoder } from '@fabrica/core/candid';
import type { MemoryStore } from '@fabrica/core/store';
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
  eve,
  execute,
  goOn,
  ledger,
  lost,
  NOW,
  openWallet,
  proposed,
  refusedBy,
  reopen,
  stateOf,
  transfer,
  transferred,
  undelivered,
} from '../../fixtures/wallet.ts';
import { TransferArg } from '../../peers/icrc-ledger.ts';
import type { Action } from '../../schemas/actions.ts';
import { multisigErrors } from '../../errors.ts';
import { DAY, MINUTE, SECOND } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { attend, beginDue } from './attend.ts';
import type { PreparedCall } from './prepare-call.ts';
import { MAX_TRIES } from './step.ts';

const readTransfer = decoder([TransferArg]);
const argumentOf = ({ args }: PreparedCall) => {
  const decoded = readTransfer(args);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.values[0];
};
const outcomesOf = (wallet: Wallet, id: number) => wallet.ballot(id)!.outcomes;
const call: Action = {
  Call: { canister: app, method: 'ping', args: encoder([])([]), cycles: 5n },
};
const rejected = {
  ok: false,
  failure: { effect: 'possible', rejectCode: 4, message: 'no' },
} as const;

describe('a transfer', () => {
  test('is journaled before its call is made', () => {
    const { wallet, store } = openWallet();
    const id = approved(wallet, [transfer(5n)]);
    execute(wallet, id, () => {
      expect(reopen(store).ballot(id)).toMatchObject({
        state: { Executing: null },
        attempt: { tries: 1, createdAt: NOW, retryAt: null },
      });
      return transferred(1n);
    });
  });

  test('carries a time and a memo that make it unlike all others', () => {
    const { wallet } = openWallet();
    const first = approved(wallet, [transfer(5n), transfer(5n)]);
    const second = approved(wallet, [transfer(5n)]);
    const calls = [first, second].flatMap((id) => {
      const executed = execute(wallet, id);
      return 'Ok' in executed ? executed.Ok.calls : [];
    });
    const times = calls.map((one) => argumentOf(one).created_at_time);
    expect(times).toEqual([NOW, NOW + 1n, NOW + 2n]);
    expect(calls.map((one) => [...argumentOf(one).memo!])).toEqual([
      [0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 1, 0, 0, 0, 0],
    ]);
  });

  test('whose answer is lost is repeated to the byte, until the ledger tells its block', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(5n)]);
    const begun = execute(wallet, id, () => lost);
    expect(stateOf(wallet, id)).toBe('Executing');
    expect(goOn(wallet, id, () => lost, NOW + 9n * SECOND)).toEqual([]);
    const again = goOn(
      wallet,
      id,
      () => refusedBy({ Duplicate: { duplicate_of: 42n } }),
      NOW + 10n * SECOND,
    );
    expect('Ok' in begun && begun.Ok.calls).toEqual(again);
    expect(outcomesOf(wallet, id)).toEqual([{ Done: { block: 42n, reply: null } }]);
    expect(stateOf(wallet, id)).toBe('Executed');
  });

  test('that a ledger refuses at its repetition for want of funds was surely not done', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(5n)]);
    execute(wallet, id, () => lost);
    const poor = refusedBy({ InsufficientFunds: { balance: 0n } });
    goOn(wallet, id, () => poor, NOW + MINUTE);
    expect(outcomesOf(wallet, id)).toMatchObject([
      { Failed: { code: 'ledger.InsufficientFunds' } },
    ]);
  });

  test.each([refusedBy({ TooOld: null }), refusedBy({ BadFee: { expected_fee: 1n } })])(
    'that a ledger refuses at its repetition before it looks for the first is unknown',
    (answer) => {
      const { wallet } = openWallet();
      const id = approved(wallet, [transfer(5n), transfer(6n)]);
      execute(wallet, id, () => lost);
      goOn(wallet, id, () => answer, NOW + MINUTE);
      expect(stateOf(wallet, id)).toBe('Failed');
      const names = outcomesOf(wallet, id).map((outcome) => Object.keys(outcome)[0]);
      expect(names).toEqual(['Unknown', 'NotRun']);
    },
  );

  test('that never gets an answer is given up as unknown', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(5n)]);
    let tries = (execute(wallet, id, () => lost) as { Ok: { calls: unknown[] } }).Ok.calls.length;
    for (let hour = 1n; hour < 20n; hour += 1n) {
      tries += goOn(wallet, id, () => lost, NOW + hour * 60n * MINUTE).length;
    }
    expect(tries).toBe(MAX_TRIES);
    expect(outcomesOf(wallet, id)).toMatchObject([{ Unknown: {} }]);
  });

  test('is taken up after an upgrade with the identical call', () => {
    const { wallet, store } = openWallet();
    const id = approved(wallet, [transfer(5n)]);
    let first: PreparedCall | undefined;
    expect(() =>
      execute(wallet, id, (made) => {
        first = made;
        throw new Error('the message is lost');
      }),
    ).toThrow('the message is lost');
    const upgraded = reopen(store);
    expect(attend(upgraded, NOW + 10n * MINUTE).run).toEqual([id]);
    const again = goOn(upgraded, id, () => transferred(3n), NOW + 10n * MINUTE);
    expect(again).toEqual([first]);
    expect(stateOf(upgraded, id)).toBe('Executed');
  });

  test('is not begun on an undelivered call, and its limit is given back', () => {
    const { wallet } = openWallet({ limits: [{ ledger, perTransfer: null, perDay: 10n }] });
    execute(wallet, approved(wallet, [transfer(8n)]), () => undelivered);
    expect(codeOf(execute(wallet, approved(wallet, [transfer(8n)])))).toBe('Ok');
  });
});

describe('a call of another canister', () => {
  test('is made with its bytes and cycles, and its answer is kept', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [call]);
    const executed = execute(wallet, id, () => ({ ok: true, value: Uint8Array.of(1, 2) }));
    expect('Ok' in executed && executed.Ok.calls).toEqual(['Call' in call && call.Call]);
    expect(outcomesOf(wallet, id)).toEqual([{ Done: { block: null, reply: Uint8Array.of(1, 2) } }]);
  });

  test('that is refused is reported so, and ends the batch', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [call, transfer(1n)]);
    execute(wallet, id, () => rejected);
    expect(outcomesOf(wallet, id)).toEqual([
      { Failed: { code: 'rejected', message: 'no' } },
      { NotRun: null },
    ]);
  });

  test('is never repeated: a lost answer is unknown', () => {
    const { wallet, store } = openWallet();
    const id = approved(wallet, [call]);
    expect(() =>
      execute(wallet, id, () => {
        throw new Error('the message is lost');
      }),
    ).toThrow('the message is lost');
    expect(goOn(reopen(store), id, () => transferred(1n))).toEqual([]);
    expect(outcomesOf(reopen(store), id)).toMatchObject([{ Unknown: {} }]);
  });
});

describe('each action is judged again right before it is done', () => {
  test('a pause in the middle of a batch stops the rest', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(1n), transfer(2n)]);
    execute(wallet, id, () => {
      const config = wallet.config.get();
      wallet.config.set({ ...config, paused: { by: eve, at: NOW, reason: '' } });
      return transferred(1n);
    });
    expect(outcomesOf(wallet, id)).toMatchObject([
      { Done: {} },
      { Failed: { code: 'multisig.paused' } },
    ]);
  });

  test('a signer removed in the middle of a batch takes his approval along', () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [transfer(1n), transfer(2n)]);
    const removal = proposed(wallet, changes({ RemoveSigner: bob }), by(carol));
    approveBy(wallet, removal, alice);
    execute(wallet, id, () => {
      execute(wallet, removal);
      return transferred(1n);
    });
    const { code } = multisigErrors.approvals_gone().Err;
    expect(outcomesOf(wallet, id)).toMatchObject([{ Done: {} }, { Failed: { code } }]);
  });

  test("a proposal's own changes do not stop it", () => {
    const { wallet } = openWallet();
    const id = approved(wallet, [...changes({ RemoveSigner: bob }), transfer(2n)]);
    execute(wallet, id);
    expect(stateOf(wallet, id)).toBe('Executed');
  });

  test('a change that became impossible is reported, and what was done stays', () => {
    const { wallet } = openWallet();
    const both = changes({ AddObserver: dave }, { RemoveSigner: carol });
    const first = approved(wallet, both);
    const second = approved(wallet, changes({ RemoveSigner: carol }));
    execute(wallet, first);
    expect(codeOf(execute(wallet, second))).toBe('multisig.not_in_role');
    expect(stateOf(wallet, second)).toBe('Approved');
  });
});

describe('what is due', () => {
  test('is executed by itself only where that was asked for', () => {
    const { wallet } = openWallet({ autoExecute: true });
    const auto = approved(wallet, [transfer(1n)]);
    const manual = proposed(wallet, [transfer(1n)], by(alice), { autoExecute: false });
    approveBy(wallet, manual, bob);
    expect(attend(wallet, NOW).run).toEqual([auto]);
    expect(attend(wallet, NOW).run).toEqual([]);
    expect(beginDue(wallet, auto, by(alice))).toBe(true);
  });

  test('is tried again tomorrow, if the limit of today is spent', () => {
    const limits = [{ ledger, perTransfer: null, perDay: 10n }];
    const { wallet } = openWallet({ autoExecute: true, limits, lifetime: 10n * DAY });
    execute(wallet, approved(wallet, [transfer(8n)]));
    const id = approved(wallet, [transfer(8n)]);
    attend(wallet, NOW + MINUTE);
    expect(beginDue(wallet, id, by(alice, NOW + MINUTE))).toBe(false);
    expect(attend(wallet, NOW + 2n * MINUTE).next).toBe(NOW + DAY);
    expect(attend(wallet, NOW + DAY).run).toEqual([id]);
    expect(beginDue(wallet, id, by(alice, NOW + DAY))).toBe(true);
  });
});

describe('the cost of a message in stable operations', () => {
  const measure = (store: MemoryStore, step: () => unknown) => {
    const { get, set } = { ...store.operations };
    step();
    return { get: store.operations.get - get, set: store.operations.set - set };
  };

  test('stays what the budgets are made of', () => {
    const { wallet, store } = openWallet();
    let id = proposed(wallet, [transfer(1n)]);
    expect(measure(store, () => (id = proposed(wallet, [transfer(1n)])))).toEqual({
      get: 0,
      set: 4,
    });
    expect(measure(store, () => approveBy(wallet, id, bob))).toEqual({ get: 0, set: 3 });
    const { get, set } = measure(store, () => execute(wallet, id));
    expect(get).toBeLessThanOrEqual(9);
    expect(set).toBeLessThanOrEqual(13);
  });
});
