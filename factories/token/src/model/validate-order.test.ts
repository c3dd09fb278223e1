import { MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';
import { describe, expect, test } from 'vitest';

import { tokenFactory } from '../definition.ts';
import { account, alice, bob, carol, minter, NOW, openLedger, user } from '../fixtures/ledger.ts';
import type { TokenInit } from '../order-schema.ts';
import { MAX_AMOUNT } from './amount.ts';
import { mintInitialBalances } from './birth.ts';
import { balanceOf } from './queries.ts';
import { ORDER_LIMITS, validateOrder } from './validate-order.ts';

const order: TokenInit = {
  name: 'Fabrica Dollar',
  symbol: 'FUSD',
  decimals: 8,
  fee: 10_000n,
  logo: null,
  initialBalances: [{ account: account(alice), amount: 1_000_000n }],
  maxSupply: null,
  minter: null,
  feeCollector: null,
  description: null,
  website: null,
  pauser: null,
  archive: null,
};

function code(fields: Partial<TokenInit>): string | null {
  const result = validateOrder({ ...order, ...fields });
  return 'Ok' in result ? null : result.Err.code;
}

function holders(count: number): TokenInit['initialBalances'] {
  return Array.from({ length: count }, (_, at) => ({ account: account(user(at)), amount: 1n }));
}

const https = (bytes: number) => `https://${'x'.repeat(bytes - 8)}`;

describe('a token order passes', () => {
  const passing: Record<string, Partial<TokenInit>> = {
    'with the least it needs': {},
    'with a name of 64 bytes': { name: 'é'.repeat(32) },
    'with a symbol of 16 bytes': { symbol: '₿'.repeat(5) + 'x' },
    'without decimals': { decimals: 0 },
    'with 18 decimals': { decimals: 18 },
    'without a fee': { fee: 0n },
    'with the largest fee': { fee: MAX_AMOUNT },
    'with an https logo': { logo: https(100) },
    'with an image of 32 KB': { logo: `data:image/png;base64,${'A'.repeat(32_768 - 22)}` },
    'with a description of 1,000 bytes': { description: 'x'.repeat(1_000) },
    'with a website of 200 bytes': { website: https(200) },
    'with 100 balances': { initialBalances: holders(100) },
    'with a minter and no balances': { minter, initialBalances: [] },
    'with a supply that is its maximum': { maxSupply: 1_000_000n },
    'with a collector': { minter, feeCollector: account(minter.owner, 3) },
    'with the largest supply': {
      initialBalances: [
        { account: account(alice), amount: MAX_AMOUNT - 1n },
        { account: account(alice, 1), amount: 1n },
      ],
    },
  };

  test.each(Object.entries(passing))('%s', (_, fields) => {
    expect(code(fields)).toBe(null);
  });
});

describe('a token order is refused', () => {
  const odd = { owner: bob, subaccount: new Uint8Array(31) };
  const refused: [string, Partial<TokenInit>][] = [
    ['token.name_length', { name: '' }],
    ['token.name_length', { name: 'é'.repeat(32) + 'x' }],
    ['token.name_characters', { name: ' Fabrica' }],
    ['token.name_characters', { name: 'Fabrica\n' }],
    ['token.name_characters', { name: 'Fab\u0000rica' }],
    ['token.name_characters', { name: 'Fab\u202Erica' }],
    ['token.symbol_length', { symbol: '' }],
    ['token.symbol_length', { symbol: 'x'.repeat(17) }],
    ['token.symbol_characters', { symbol: 'F USD' }],
    ['token.symbol_characters', { symbol: 'FUSD\u2066' }],
    ['token.decimals_range', { decimals: 19 }],
    ['token.decimals_range', { decimals: 255 }],
    ['token.fee_range', { fee: MAX_AMOUNT + 1n }],
    ['token.logo_length', { logo: '' }],
    ['token.logo_length', { logo: https(32_769) }],
    ['token.logo_form', { logo: 'http://example.com/logo.png' }],
    ['token.logo_form', { logo: 'data:text/html,<script>' }],
    ['token.logo_form', { logo: 'javascript:alert(1)' }],
    ['token.description_length', { description: '' }],
    ['token.description_length', { description: 'x'.repeat(1_001) }],
    ['token.website_length', { website: https(201) }],
    ['token.website_form', { website: 'http://example.com' }],
    ['token.website_form', { website: 'https://' }],
    ['token.website_form', { website: 'https://example.com/a b' }],
    ['token.max_supply_range', { maxSupply: 0n }],
    ['token.max_supply_range', { maxSupply: MAX_AMOUNT + 1n }],
    ['token.minter_subaccount', { minter: odd }],
    ['token.minter_anonymous', { minter: account(Uint8Array.of(4)) }],
    ['token.fee_collector_subaccount', { feeCollector: odd }],
    ['token.fee_collector_mints', { minter, feeCollector: account(minter.owner, 0) }],
    ['token.balances_count', { initialBalances: holders(ORDER_LIMITS.initialBalances + 1) }],
    ['token.balance_subaccount', { initialBalances: [{ account: odd, amount: 1n }] }],
    ['token.balance_zero', { initialBalances: [{ account: account(bob), amount: 0n }] }],
    [
      'token.balance_repeated',
      {
        initialBalances: [
          { account: account(bob), amount: 1n },
          { account: account(bob, 0), amount: 1n },
        ],
      },
    ],
    ['token.balance_of_minter', { minter, initialBalances: [{ account: minter, amount: 1n }] }],
    ['token.supply_above_maximum', { maxSupply: 999_999n }],
    [
      'token.supply_above_maximum',
      {
        initialBalances: [
          { account: account(alice), amount: MAX_AMOUNT },
          { account: account(bob), amount: 1n },
        ],
      },
    ],
    ['token.no_supply', { initialBalances: [] }],
  ];

  test.each(refused)('%s (%#)', (expected, fields) => {
    expect(code(fields)).toBe(expected);
  });
});

describe('the definition', () => {
  const context = { owner: alice, now: NOW };

  test('indexes each holder once, as many as the kernel takes at birth', () => {
    const initialBalances = [
      { account: account(bob), amount: 1n },
      { account: account(bob, 1), amount: 1n },
      { account: account(carol), amount: 1n },
    ];
    expect(tokenFactory.rolesAtBirth({ ...order, initialBalances }, context)).toEqual([
      { role: 'holder', principal: bob },
      { role: 'holder', principal: carol },
    ]);
    const many = tokenFactory.rolesAtBirth({ ...order, initialBalances: holders(50) }, context);
    expect(many).toHaveLength(MAX_HOLDERS_AT_BIRTH);
  });

  test('describes a token by its name, and tells what cannot be changed later', () => {
    const { name, notes } = tokenFactory.describe(order, context);
    expect(name).toBe('Fabrica Dollar');
    expect(notes).toHaveLength(2);
  });
});

test('a token is born with its balances, one mint block each', () => {
  const { ledger } = openLedger({ minter: null });
  const initialBalances = [
    { account: account(alice), amount: 5n },
    { account: account(bob, 2), amount: 7n },
  ];
  mintInitialBalances(ledger, initialBalances, NOW);
  expect(balanceOf(ledger, account(alice))).toBe(5n);
  expect(balanceOf(ledger, account(bob, 2))).toBe(7n);
  expect([ledger.blocks.length, ledger.blocks.supply]).toEqual([2, 12n]);
});
