import { describe, expect, test } from 'vitest';

import { canisterId, emptyGateway, START, user } from '../testing.ts';

describe('administrators', () => {
  test.each([
    ['nobody', []],
    ['someone twice', [user(1), user(1)]],
    ['the anonymous', [user(1), Uint8Array.of(4)]],
    ['too many', Array.from({ length: 21 }, (_, n) => user(n))],
  ])('cannot be %s', (_, list) => {
    const { administrators } = emptyGateway().gateway;
    administrators.set([user(1)]);
    expect(administrators.set(list)).toMatchObject({ Err: { code: 'gateway.last_administrator' } });
    expect(administrators.all).toEqual([user(1)]);
  });
  test('are who was named last', () => {
    const { administrators } = emptyGateway().gateway;
    administrators.set([user(1)]);
    administrators.set([user(2), user(3)]);
    expect([user(1), user(2)].map((one) => administrators.has(one))).toEqual([false, true]);
  });
});

describe('factories', () => {
  test.each(['', 'Token', '1st', 'a.b', 'x'.repeat(33)])('cannot be called "%s"', (id) => {
    const { factories } = emptyGateway().gateway;
    expect(factories.register(id, canisterId(1), START)).toMatchObject({
      Err: { code: 'gateway.bad_factory_id' },
    });
  });
  test('can move to another canister', () => {
    const { factories } = emptyGateway().gateway;
    factories.register('token', canisterId(1), START);
    factories.register('token', canisterId(2), START);
    expect(factories.all).toHaveLength(1);
    expect(factories.canisterOf('token')).toEqual(canisterId(2));
    expect(factories.has('dao')).toBe(false);
  });
});
