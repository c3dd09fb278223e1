import { describe, expect, test } from 'vitest';

import { emptyGateway, SECOND, START, user } from '../testing.ts';
import { openGateway } from '../gateway.ts';
import type { ConfigValue } from './keys.ts';
import { listConfig } from './listing.ts';
import { priceOf } from './price.ts';

const NAMES = {
  isFactory: (id: string) => id === 'token',
  isLedger: (id: string) => id === 'ckbtc',
};

function setUp() {
  const { store, gateway } = emptyGateway();
  const set = (key: string, value: ConfigValue, now = START) =>
    gateway.config.set(key, value, { principal: user(9), now }, NAMES);
  const price = (now: bigint, ledgerFee: bigint | null = 10n) =>
    priceOf(gateway.config, { factory: 'token', ledger: null }, ledgerFee, now);
  return { store, config: gateway.config, set, price };
}

describe('settings', () => {
  test.each([
    ['an unknown key', 'nonsense', { Bool: true }, 'gateway.unknown_key'],
    ['an unknown key of a factory', 'token.nonsense', { Bool: true }, 'gateway.unknown_key'],
    ['a key of an unknown factory', 'dao.fee', { Nat: 1n }, 'gateway.unknown_key'],
    [
      'a key that objects have by themselves',
      'token.constructor',
      { Nat: 1n },
      'gateway.unknown_key',
    ],
    ['a fee in an unknown ledger', 'token.fee.doge', { Nat: 1n }, 'gateway.unknown_key'],
    ['a key too many', 'token.fee.ckbtc.more', { Nat: 1n }, 'gateway.unknown_key'],
    ['a switch of an unknown ledger', 'ledger.doge.enabled', { Bool: true }, 'gateway.unknown_key'],
    ['a wrong type', 'maintenance', { Nat: 1n }, 'gateway.wrong_type'],
    ['too small a number', 'max_open_requests_per_user', { Nat: 0n }, 'gateway.out_of_range'],
    ['too large a number', 'quote_seconds', { Nat: 3_601n }, 'gateway.out_of_range'],
  ] as const)('refuse %s', (_, key, value, code) => {
    const { config, set } = setUp();
    expect(set(key, value)).toMatchObject({ Err: { code } });
    expect(config.history.length).toBe(0);
  });
  test('survive an upgrade, with who changed what and when', () => {
    const { store, set } = setUp();
    set('maintenance', { Bool: true });
    set('max_open_requests', { Nat: 9n }, START + SECOND);
    const { config } = openGateway(store);
    expect([config.flag('maintenance'), config.nat('max_open_requests')]).toEqual([true, 9n]);
    expect(config.history.page(0, 10)).toEqual([
      { at: START, by: user(9), key: 'maintenance', old: { Bool: false }, new: { Bool: true } },
      {
        at: START + SECOND,
        by: user(9),
        key: 'max_open_requests',
        old: { Nat: 500n },
        new: { Nat: 9n },
      },
    ]);
  });
  test('are listed with type, range and default', () => {
    const { config, set } = setUp();
    set('token.fee', { Nat: 5n });
    const entries = listConfig(config, ['token'], ['ckbtc']);
    expect(entries.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['token.fee.ckbtc', 'ledger.ckbtc.enabled']),
    );
    expect(entries.find(({ key }) => key === 'token.fee')).toMatchObject({
      value: { Nat: 5n },
      initial: { Nat: 0n },
    });
    expect(entries.find(({ key }) => key === 'quote_seconds')?.range).toEqual({
      least: 60n,
      most: 3_600n,
    });
  });
});

describe('prices', () => {
  test('are set for each ledger, and change with the same notice', () => {
    const { config, set } = setUp();
    const inOther = (now: bigint) =>
      priceOf(config, { factory: 'token', ledger: 'ckbtc' }, 10n, now);
    set('token.fee', { Nat: 500n });
    expect(inOther(START)).toMatchObject({ Err: { code: 'gateway.fee_not_set' } });
    set('token.fee.ckbtc', { Nat: 70n });
    expect(inOther(START)).toMatchObject({ Ok: { price: 70n } });
    set('token.fee.ckbtc', { Nat: 90n });
    expect(inOther(START)).toMatchObject({ Ok: { price: 70n } });
    expect(inOther(START + 301n * SECOND)).toMatchObject({ Ok: { price: 90n } });
  });

  test('peer 27: an unset fee is not free of charge', () => {
    const { price } = setUp();
    expect(price(START)).toMatchObject({ Err: { code: 'gateway.fee_not_set' } });
  });
  test('a factory is free only when it is set free', () => {
    const { set, price } = setUp();
    set('token.free', { Bool: true });
    expect(price(START)).toMatchObject({ Ok: { price: 0n, ledgerFee: 0n } });
  });
  test('a price that could not be paid back is refused', () => {
    const { set, price } = setUp();
    set('token.fee', { Nat: 10n });
    expect(price(START)).toMatchObject({ Err: { code: 'gateway.fee_below_ledger_fee' } });
  });
  test('nothing is priced before the ledger told its fee', () => {
    const { set, price } = setUp();
    set('token.fee', { Nat: 100n });
    expect(price(START, null)).toMatchObject({ Err: { code: 'gateway.ledger_fee_unknown' } });
  });
  test('a first fee holds at once, a changed one when the quotes given before have expired', () => {
    const { set, price } = setUp();
    set('token.fee', { Nat: 100n });
    expect(price(START)).toMatchObject({ Ok: { price: 100n, until: START + 300n * SECOND } });
    const changed = START + 50n * SECOND;
    set('token.fee', { Nat: 200n }, changed);
    // The quote given at START promised 100 until START + 300 s.
    expect(price(START + 300n * SECOND)).toMatchObject({
      Ok: { price: 100n, until: changed + 300n * SECOND },
    });
    expect(price(changed + 300n * SECOND)).toMatchObject({ Ok: { price: 200n } });
  });
  test('two changes in a row keep every quote', () => {
    const { set, price } = setUp();
    set('token.fee', { Nat: 100n });
    set('token.fee', { Nat: 200n }, START + 10n * SECOND);
    set('token.fee', { Nat: 300n }, START + 20n * SECOND);
    expect(price(START + 319n * SECOND)).toMatchObject({ Ok: { price: 100n } });
    expect(price(START + 320n * SECOND)).toMatchObject({ Ok: { price: 300n } });
  });
});
