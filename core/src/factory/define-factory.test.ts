import { describe, expect, expectTypeOf, test } from 'vitest';
import { c } from '../candid/index.ts';
import { ok } from '../errors/index.ts';
import { defineFactory } from './define-factory.ts';
import { factoryService } from './factory-service.ts';

const base = {
  id: 'escrow',
  version: '1.0.0',
  roles: ['buyer', 'seller'],
  init: c.record({ title: c.text }),
  cycles: { initial: 1n, topUpBelow: 0n },
  validate: () => ok(null),
  describe: (order: { readonly title: string }) => ({ name: order.title }),
  rolesAtBirth: () => [],
} as const;

describe('defineFactory', () => {
  test('gives back a frozen value', () => {
    const definition = defineFactory(base);
    expect(Object.isFrozen(definition)).toBe(true);
    expect(Object.isFrozen(definition.roles)).toBe(true);
    expect(Object.isFrozen(definition.cycles)).toBe(true);
  });

  test.each([
    ['id', { id: 'Escrow' }],
    ['version', { version: '1.0' as '1.0.0' }],
    ['role', { roles: ['Buyer'] }],
    ['twice', { roles: ['buyer', 'buyer'] }],
    ['creator', { roles: ['creator'] }],
    ['at most 7', { roles: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] }],
    ['status', { statuses: [] }],
    ['status', { statuses: ['Active'] }],
    ['camel case', { events: { Paid: c.nat } }],
    ['another callback', { events: { statusChanged: c.nat } }],
    ['another callback', { events: { buyerAdded: c.nat } }],
    ['cycles', { cycles: { initial: 0n, topUpBelow: 0n } }],
  ])('refuses a wrong %s', (what, change) => {
    expect(() => defineFactory({ ...base, ...change } as never)).toThrow(what);
  });

  test('roles give the callbacks their names', () => {
    const { methods } = factoryService(defineFactory(base));
    expect(Object.keys(methods)).toEqual(
      expect.arrayContaining([
        'notifyBuyerAdded',
        'notifyBuyerRemoved',
        'notifySellerAdded',
        'notifySellerRemoved',
      ]),
    );
    expectTypeOf(methods).toHaveProperty('notifySellerRemoved');
  });

  test('events give the callbacks their names and types', () => {
    const paid = c.record({ amount: c.nat });
    const { methods } = factoryService(defineFactory({ ...base, events: { paid } }));
    expect(methods.notifyPaid.args[1]).toBe(paid);
    expectTypeOf(methods).toHaveProperty('notifyPaid');
    expectTypeOf(methods).not.toHaveProperty('notifyUnpaid');
    expectTypeOf(factoryService(defineFactory(base)).methods).not.toHaveProperty('notifyPaid');
    // @ts-expect-error -- there is no such event
    expect(methods.notifyUnpaid).toBeUndefined();
  });

  test('a wrong role or a missing rule does not compile', () => {
    const stranger = { principal: new Uint8Array(), role: 'sellr' } as const;
    // @ts-expect-error -- "sellr" is no role of this factory
    defineFactory({ ...base, rolesAtBirth: () => [stranger] });
    // @ts-expect-error -- a factory without validate()
    defineFactory({ ...base, validate: undefined });
    // @ts-expect-error -- an error without a code
    defineFactory({ ...base, validate: () => ({ Err: { message: 'no', action: 'no' } }) });
  });
});
