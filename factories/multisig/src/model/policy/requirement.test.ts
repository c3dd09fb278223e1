import { encoder } from '@fabrica/core/candid';
import { describe, expect, test } from 'vitest';

import {
  alice,
  app,
  bob,
  changes,
  dave,
  eve,
  ledger,
  NOW,
  otherLedger,
  rule,
  self,
  transfer,
  walletOrder,
} from '../../fixtures/wallet.ts';
import { IcrcLedger } from '../../peers/icrc-ledger.ts';
import type { Action } from '../../schemas/actions.ts';
import type { WalletInit } from '../../schemas/order.ts';
import { configOfOrder } from '../order/config-of-order.ts';
import { HOUR } from '../time.ts';
import { requirementOf } from './requirement.ts';

function need(fields: Partial<WalletInit>, ...actions: Action[]) {
  const config = configOfOrder(walletOrder({ threshold: 2, ...fields }), NOW);
  if ('Err' in config) throw new Error(config.Err.code);
  return requirementOf(config.Ok, actions, false, self);
}
const small = rule({ kinds: [{ Transfer: null }], targets: [ledger], maxAmount: 100n });
const large = rule({ targets: [ledger], minAmount: 1_000n, approvals: 3, timelock: HOUR });

const encodeTransfer = encoder(IcrcLedger.methods.icrc1_transfer.args);
const rawTransfer = (amount: bigint): Action => ({
  Call: {
    canister: ledger,
    method: 'icrc1_transfer',
    args: encodeTransfer([
      {
        from_subaccount: null,
        to: { owner: dave, subaccount: null },
        amount,
        fee: null,
        memo: null,
        created_at_time: null,
      },
    ]),
    cycles: 0n,
  },
});

describe('what a proposal needs', () => {
  test('is the threshold and the time-lock of the wallet where no rule matches', () => {
    expect(need({ timelock: HOUR, rules: [small] }, transfer(101n))).toEqual({
      required: 2,
      timelock: HOUR,
    });
  });

  test('is what the first matching rule says', () => {
    const rules = [small, rule({ approvals: 3 })];
    expect(need({ rules }, transfer(100n)).required).toBe(1);
    expect(need({ rules }, transfer(100n, otherLedger)).required).toBe(3);
  });

  test('is the most that any of its actions needs', () => {
    const rules = [small, large];
    expect(need({ rules }, transfer(100n), transfer(1_000n))).toEqual({
      required: 3,
      timelock: HOUR,
    });
  });

  test('goes by the sum of its transfers of a token', () => {
    const many = Array.from({ length: 10 }, () => transfer(100n));
    expect(need({ rules: [small, large] }, ...many).required).toBe(3);
    expect(need({ rules: [small, large] }, transfer(50n), transfer(60n)).required).toBe(2);
  });

  test('is the same for a transfer written as a raw call', () => {
    expect(need({ rules: [small, large] }, rawTransfer(1_000n)).required).toBe(3);
    expect(need({ rules: [small, large] }, rawTransfer(100n)).required).toBe(1);
  });

  test('goes by recipients, methods and kinds', () => {
    const toDave = rule({ recipients: [{ Owner: dave }] });
    expect(need({ rules: [toDave] }, transfer(5n)).required).toBe(1);
    expect(need({ rules: [toDave] }, transfer(5n, ledger, eve)).required).toBe(2);
    const call = (method: string): Action => ({
      Call: { canister: app, method, args: new Uint8Array(), cycles: 0n },
    });
    const ping = rule({ kinds: [{ Call: null }], methods: ['ping'], targets: [app] });
    expect(need({ rules: [ping] }, call('ping')).required).toBe(1);
    expect(need({ rules: [ping] }, call('pay')).required).toBe(2);
  });

  test('is never below the threshold for a change of the wallet', () => {
    const lenient = rule({ approvals: 1 });
    const [change] = changes({ RemoveSigner: bob });
    expect(need({ rules: [lenient], timelock: HOUR }, change!)).toEqual({
      required: 2,
      timelock: HOUR,
    });
    expect(need({ rules: [rule({ approvals: 3 })] }, change!).required).toBe(3);
  });

  test('is never below the threshold for managing the wallet as a canister', () => {
    const action: Action = { Manage: { canister: self, operation: { Stop: null } } };
    expect(need({ rules: [rule()] }, action).required).toBe(2);
  });

  test('is without time-lock for lifting a pause', () => {
    const [unpause] = changes({ Unpause: null });
    expect(need({ timelock: HOUR }, unpause!).timelock).toBe(0n);
    expect(need({ timelock: HOUR }, unpause!, ...changes({ AddObserver: alice })).timelock).toBe(
      HOUR,
    );
  });
});
