import { describe, expect, test } from 'vitest';

import {
  alice,
  bob,
  carol,
  codeOf,
  gina,
  ledger,
  NOW,
  rule,
  user,
  walletOrder,
} from '../../fixtures/wallet.ts';
import type { WalletInit } from '../../schemas/order.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { multisigFactory } from '../../definition.ts';
import { validateOrder } from './validate-order.ts';

const check = (fields: Partial<WalletInit>) =>
  codeOf(validateOrder(walletOrder(fields), { owner: alice, now: NOW }));
const named = (who: Uint8Array) => ({ who, name: null });
const anonymous = Uint8Array.of(4);
const limit = { ledger, perTransfer: 5n, perDay: null };
const recovery = { approvals: 1, delay: 7n * DAY };

describe('an order is accepted', () => {
  test.each<[string, Partial<WalletInit>]>([
    ['as it usually is', {}],
    ['with one signer', { signers: [named(alice)], threshold: 1 }],
    ['with 20 signers', { signers: Array.from({ length: 20 }, (_, at) => named(user(at))) }],
    ['with the same person in several roles', { observers: [alice], guardians: [alice] }],
    ['with rules, limits and recovery', { rules: [rule()], limits: [limit], recovery }],
    [
      'with guardians enough for a recovery',
      { guardians: [gina], recovery: { ...recovery, approvals: 4 } },
    ],
  ])('%s', (_, fields) => {
    expect(check(fields)).toBe('Ok');
  });
});

describe('an order is refused with', () => {
  test.each<[string, Partial<WalletInit>]>([
    ['name_length', { name: '' }],
    ['name_length', { name: 'é'.repeat(33) }],
    ['text_characters', { name: ' Treasury' }],
    ['text_characters', { name: 'Trea\u202Esury' }],
    ['text_length', { description: 'x'.repeat(1001) }],
    ['text_characters', { description: 'a\u0007b' }],
    ['members_count', { signers: [], threshold: 1 }],
    ['members_count', { signers: Array.from({ length: 21 }, (_, at) => named(user(at))) }],
    ['members_count', { guardians: Array.from({ length: 11 }, (_, at) => user(at)) }],
    ['member_repeated', { signers: [named(alice), { who: alice, name: 'Alice' }] }],
    ['member_repeated', { observers: [bob, bob] }],
    ['member_invalid', { signers: [named(anonymous)] }],
    ['member_invalid', { observers: [new Uint8Array()] }],
    ['text_length', { signers: [{ who: alice, name: 'x'.repeat(65) }, named(bob)] }],
    ['threshold_range', { threshold: 0 }],
    ['threshold_range', { threshold: 4 }],
    ['threshold_range', { threshold: 4, observers: [gina] }],
    ['timelock_range', { timelock: 30n * DAY + 1n }],
    ['lifetime_range', { lifetime: 59n * MINUTE }],
    ['lifetime_range', { lifetime: 91n * DAY }],
    ['rules_count', { rules: Array.from({ length: 21 }, () => rule()) }],
    ['rule_approvals_range', { rules: [rule({ approvals: 4 })] }],
    ['rule_approvals_range', { rules: [rule({ approvals: 0 })] }],
    ['timelock_range', { rules: [rule({ timelock: 31n * DAY })] }],
    ['rule_amounts', { rules: [rule({ targets: [ledger], minAmount: 2n, maxAmount: 1n })] }],
    ['rule_amounts_without_target', { rules: [rule({ maxAmount: 1n })] }],
    [
      'rule_list_count',
      { rules: [rule({ targets: Array.from({ length: 21 }, (_, at) => user(at)) })] },
    ],
    ['action_account_id', { rules: [rule({ recipients: [{ AccountId: new Uint8Array(31) }] })] }],
    [
      'limits_count',
      { limits: Array.from({ length: 21 }, (_, at) => ({ ...limit, ledger: user(at) })) },
    ],
    ['limit_repeated', { limits: [limit, limit] }],
    ['limit_empty', { limits: [{ ledger, perTransfer: null, perDay: null }] }],
    ['recovery_approvals_range', { recovery: { ...recovery, approvals: 4 } }],
    ['recovery_approvals_range', { recovery: { ...recovery, approvals: 0 } }],
    ['recovery_delay_range', { recovery: { ...recovery, delay: 23n * HOUR } }],
  ])('%s', (code, fields) => {
    expect(check(fields)).toBe(`multisig.${code}`);
  });
});

describe('the factory', () => {
  const context = { owner: alice, now: NOW };

  test('indexes signers and observers at birth, up to the bound', () => {
    const observers = Array.from({ length: 20 }, (_, at) => user(100 + at));
    const holders = multisigFactory.rolesAtBirth(walletOrder({ observers }), context);
    expect(holders).toHaveLength(20);
    expect(holders.slice(0, 4)).toEqual([
      { role: 'signer', principal: alice },
      { role: 'signer', principal: bob },
      { role: 'signer', principal: carol },
      { role: 'observer', principal: observers[0] },
    ]);
  });

  test('tells the buyer the risks of 1 of n', () => {
    const notes = multisigFactory.describe(walletOrder({ threshold: 1 }), context).notes ?? [];
    expect(notes.some((note) => note.startsWith('1 of 3'))).toBe(true);
    expect(notes.every((note) => note.length <= 500)).toBe(true);
  });

  test('tells who is not among the signers', () => {
    const notes = multisigFactory.describe(walletOrder(), { ...context, owner: gina }).notes ?? [];
    expect(notes).toContain('You are not one of the signers.');
  });
});
