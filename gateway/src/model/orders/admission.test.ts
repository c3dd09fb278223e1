import { describe, expect, test } from 'vitest';

import { GATEWAY_KEYS, type ConfigValue } from '../config/keys.ts';
import { HIGH_WATER } from '../outbox/outbox.ts';
import { emptyGateway, SECOND, START, user } from '../testing.ts';
import { refuseOrder, refuseRequestId, type Admission } from './admission.ts';

const EVERY = { isFactory: () => true, isLedger: () => true };

/** An order that is taken, with the settings given. */
function refusal(
  settings: Record<string, ConfigValue>,
  changes: Partial<Admission> = {},
): string | null {
  const { gateway } = emptyGateway();
  const by = { principal: user(9), now: START };
  for (const [key, value] of Object.entries(settings)) {
    expect(gateway.config.set(key, value, by, EVERY)).toHaveProperty('Ok');
  }
  const admission: Admission = {
    factory: 'token',
    argsLength: 500,
    user: gateway.users.get(user(1)),
    open: 0,
    held: { audit: 0, invoice: 0 },
    now: START,
    ...changes,
  };
  return refuseOrder(gateway.config, admission)?.Err.code ?? null;
}

const profile = emptyGateway().gateway.users.get(user(1));
const ordered = { ...profile, orders: 1, lastOrderAt: START - 5n * SECOND };

const cases: [string, Record<string, ConfigValue>, Partial<Admission>][] = [
  ['gateway.maintenance', { maintenance: { Bool: true } }, {}],
  ['gateway.emergency_stop', { emergency_stop: { Bool: true } }, {}],
  ['gateway.factory_disabled', { 'token.enabled': { Bool: false } }, {}],
  ['gateway.args_too_large', { max_args_bytes: { Nat: 499n } }, {}],
  [
    'gateway.too_many_open_requests',
    { max_open_requests_per_user: { Nat: 2n } },
    { user: { ...profile, open: 2 } },
  ],
  ['gateway.busy', { max_open_requests: { Nat: 7n } }, { open: 7 }],
  ['gateway.cooldown', { cooldown_seconds: { Nat: 6n } }, { user: ordered }],
  ['gateway.suspended', {}, { user: { ...profile, suspended: true } }],
  ['gateway.outbox_full', {}, { held: { audit: HIGH_WATER + 1, invoice: 0 } }],
  ['gateway.outbox_full', {}, { held: { audit: 0, invoice: HIGH_WATER + 1 } }],
];

describe('every setting is enforced', () => {
  test('an order is taken by default', () => expect(refusal({})).toBeNull());
  test.each(cases)('%s', (code, settings, changes) => {
    expect(refusal(settings, changes)).toBe(code);
  });
  test('but those of the registry and of quotes, which registry.test.ts and config.test.ts hold', () => {
    const elsewhere = ['max_calls_per_minute', 'quote_seconds'];
    const here = cases.flatMap(([, settings]) => Object.keys(settings));
    expect([...here, ...elsewhere]).toEqual(expect.arrayContaining(Object.keys(GATEWAY_KEYS)));
  });
  test('the cooldown ends', () => {
    expect(refusal({ cooldown_seconds: { Nat: 5n } }, { user: ordered })).toBeNull();
  });
});

test('a requestId has 1 to 32 bytes, or is left out', () => {
  expect(refuseRequestId(null)).toBeNull();
  expect(refuseRequestId(new Uint8Array(32))).toBeNull();
  for (const length of [0, 33]) {
    expect(refuseRequestId(new Uint8Array(length))?.Err.code).toBe('gateway.request_id_too_long');
  }
});
