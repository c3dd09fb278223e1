import {
  configChange,
  accepted,
  actorFor,
  ADMINISTRATOR,
  BALANCED,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  TOKEN_PRICE,
  LEDGER_FEE,
  tokenOrder,
  transferOf,
  type Means,
  type System,
  type User,
} from '@fabrica/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

const PRICE = TOKEN_PRICE + LEDGER_FEE;
const ENOUGH: Means = { funds: PRICE, approved: PRICE };

let system: System;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
});

afterAll(async () => {
  await system.pic.tearDown();
});

afterEach(async () => {
  // Nothing of this file charges anybody, so the gateway never holds a thing.
  expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: 0n });
  expect(await system.tokenFactory.getFactoryHealth()).toMatchObject({ contracts: 0, underWay: 0 });
});

describe('an order is refused, and nobody charged,', () => {
  it('from an anonymous caller', async () => {
    const gateway = actorFor(system.pic, GatewayService, system.ids.gateway);
    const order = orderOf(tokenOrder(ADMINISTRATOR.getPrincipal()));
    await expect(gateway.createContract(order)).rejects.toThrow(/reject/);
  });

  it('without an allowance', async () => {
    const user = await newUser(system, 'no allowance', { funds: PRICE });
    expect(await refusalOf(user)).toBe('gateway.allowance_too_low');
    expect(await user.balance()).toBe(PRICE);
  });

  it('with an allowance one unit short', async () => {
    const user = await newUser(system, 'short allowance', { funds: PRICE, approved: PRICE - 1n });
    expect(await refusalOf(user)).toBe('gateway.allowance_too_low');
    expect(await user.balance()).toBe(PRICE);
  });

  it('with a balance one unit short', async () => {
    const user = await newUser(system, 'short balance', { funds: PRICE - 1n, approved: PRICE });
    expect(await refusalOf(user)).toBe('gateway.balance_too_low');
    expect(await user.balance()).toBe(PRICE - 1n);
  });

  it('from a factory that is not registered', async () => {
    const user = await newUser(system, 'unknown factory', ENOUGH);
    expect(await refusalOf(user, { factory: 'teapot' })).toBe('gateway.unknown_factory');
    expect(await user.balance()).toBe(PRICE);
  });

  it('from a factory that is disabled, until it is enabled again', async () => {
    const user = await newUser(system, 'disabled factory', ENOUGH);
    accepted(await system.gateway.setFactoryEnabled('token', false));
    expect(await refusalOf(user)).toBe('gateway.factory_disabled');
    accepted(await system.gateway.setFactoryEnabled('token', true));
    expect(await refusalOf(user, { args: badOrder(user) })).toBe('token.name_length');
    expect(await user.balance()).toBe(PRICE);
  });

  it('with arguments that do not decode', async () => {
    const user = await newUser(system, 'undecodable', ENOUGH);
    const args = tokenOrder(user.principal);
    const damaged = [new Uint8Array(), Uint8Array.of(1, 2, 3), args.subarray(0, args.length - 1)];
    for (const args of damaged) {
      expect(await refusalOf(user, { args })).toBe('factory.order_undecodable');
    }
    expect(await user.balance()).toBe(PRICE);
  });

  it("with arguments that break the factory's rules", async () => {
    const user = await newUser(system, 'invalid', ENOUGH);
    expect(await refusalOf(user, { args: badOrder(user) })).toBe('token.name_length');
    expect(await user.balance()).toBe(PRICE);
  });

  it('with arguments one byte larger than the setting allows', async () => {
    const user = await newUser(system, 'oversized', ENOUGH);
    const limit = accepted(await system.gateway.getConfigValue('max_args_bytes')) as {
      Nat: bigint;
    };
    const most = Number(limit.Nat);
    const code = await refusalOf(user, { args: new Uint8Array(most + 1) });
    expect(code).toBe('gateway.args_too_large');
    const atLimit = await refusalOf(user, { args: new Uint8Array(most) });
    expect(atLimit).toBe('factory.order_undecodable');
    expect(await user.balance()).toBe(PRICE);
  });

  it('with a message larger than any order may be', async () => {
    const user = await newUser(system, 'enormous', ENOUGH);
    const order = orderOf(new Uint8Array(2_050_000));
    await expect(user.gateway.createContract(order)).rejects.toThrow();
    expect(await user.balance()).toBe(PRICE);
  });

  it('with a requestId of no bytes, or of more than 32', async () => {
    const user = await newUser(system, 'bad requestId', ENOUGH);
    for (const requestId of [new Uint8Array(), new Uint8Array(33)]) {
      expect(await refusalOf(user, { requestId })).toBe('gateway.request_id_too_long');
    }
    expect(await user.balance()).toBe(PRICE);
  });

  it('in a ledger that the gateway does not take', async () => {
    const user = await newUser(system, 'other ledger', ENOUGH);
    const order = { ...orderOf(tokenOrder(user.principal)), ledger: [system.ids.audit] as [never] };
    expect(refusalCode(await user.gateway.createContract(order))).toBe('gateway.unknown_ledger');
    expect(await user.balance()).toBe(PRICE);
  });

  it('from a suspended user, until he is let again', async () => {
    const user = await newUser(system, 'suspended', ENOUGH);
    accepted(await system.gateway.setUserSuspended(user.principal, true));
    expect(await refusalOf(user)).toBe('gateway.suspended');
    accepted(await system.gateway.setUserSuspended(user.principal, false));
    expect(await refusalOf(user, { args: badOrder(user) })).toBe('token.name_length');
    expect(await user.balance()).toBe(PRICE);
  });

  it.each([
    ['maintenance', 'gateway.maintenance'],
    ['emergency_stop', 'gateway.emergency_stop'],
  ])('while the flag %s is up', async (flag, code) => {
    const user = await newUser(system, flag, ENOUGH);
    accepted(await system.gateway.setConfigValue(flag, { Bool: true }));
    expect(await refusalOf(user)).toBe(code);
    accepted(await system.gateway.setConfigValue(flag, { Bool: false }));
    expect(await refusalOf(user, { args: badOrder(user) })).toBe('token.name_length');
    expect(await user.balance()).toBe(PRICE);
  });

  it('by a factory that is paused', async () => {
    const user = await newUser(system, 'paused factory', ENOUGH);
    accepted(await system.tokenFactory.updateFactoryConfig(configChange({ paused: true })));
    expect(await refusalOf(user)).toBe('factory.paused');
    accepted(await system.tokenFactory.updateFactoryConfig(configChange({ paused: false })));
    expect(await user.balance()).toBe(PRICE);
  });

  it('by a factory whose cycles do not cover contract and reserve', async () => {
    const user = await newUser(system, 'short reserve', ENOUGH);
    const { reserve } = await system.tokenFactory.getFactoryHealth();
    const beyond = 1_000_000_000_000_000n;
    accepted(await system.tokenFactory.updateFactoryConfig(configChange({ reserve: beyond })));
    expect(await refusalOf(user)).toBe('factory.reserve_low');
    accepted(await system.tokenFactory.updateFactoryConfig(configChange({ reserve: reserve })));
    expect(await user.balance()).toBe(PRICE);
  });

  it('by a factory that is stopped', async () => {
    const user = await newUser(system, 'stopped factory', ENOUGH);
    const canister = { canisterId: system.ids.tokenFactory, sender: ADMINISTRATOR.getPrincipal() };
    await system.pic.stopCanister(canister);
    expect(await refusalOf(user)).toBe('gateway.factory_unreachable');
    await system.pic.startCanister(canister);
    expect(await user.balance()).toBe(PRICE);
  });

  it('and the same requestId gives the same refusal, even once the fault is mended', async () => {
    const user = await newUser(system, 'mended', { funds: PRICE });
    const requestId = requestIdOf('mended');
    expect(await refusalOf(user, { requestId })).toBe('gateway.allowance_too_low');
    await system.ledger.icrc1_transfer(transferOf(user.principal, LEDGER_FEE));
    await user.approve(PRICE);
    expect(await refusalOf(user, { requestId })).toBe('gateway.allowance_too_low');
    expect(await user.balance()).toBe(PRICE);
  });
});

/** The code that an order of the user is refused with. */
async function refusalOf(
  user: User,
  {
    args = tokenOrder(user.principal),
    ...how
  }: Partial<Parameters<typeof orderOf>[1]> & { args?: Uint8Array } = {},
): Promise<string> {
  return refusalCode(await user.gateway.createContract(orderOf(args, how)));
}

/** An order without a name. */
function badOrder(user: User): Uint8Array {
  return tokenOrder(user.principal, { name: '' });
}
