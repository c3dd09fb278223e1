import {
  configChange,
  accepted,
  actorFor,
  ADMINISTRATOR,
  BALANCED,
  initArgument,
  installBuilt,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  registerModule,
  requestIdOf,
  settle,
  tokenOrder,
  type ActorFor,
  type System,
  type User,
} from '@fabrica/testing';
import type { Principal } from '@dfinity/principal';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { TokenFactory } from '@fabrica/token';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

/** What a factory spends on one token: the platform's fee for a canister, and what the contract gets. */
const ONE_CONTRACT = 1_500_000_000_000n;
/** For what the messages themselves cost, and what the platform holds back while they run. */
const MARGIN = 200_000_000_000n;
/** Seconds. What a factory burns in that time is some 0.3 T cycles. */
const YEAR = 365 * 24 * 3600;
/** Seconds; the platform's default. */
const MONTH = 30 * 24 * 3600;

let system: System;
let poor: Principal;
let factory: ActorFor<typeof TokenFactory>;
let quote: { price: bigint; approve: bigint; refundIfFailed: bigint };

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  const { pic, ids, gateway } = system;
  const sender = ADMINISTRATOR.getPrincipal();
  poor = await pic.createCanister({ sender, cycles: 2n * ONE_CONTRACT });
  const administrators = [sender.toUint8Array()];
  const gateways = [ids.gateway.toUint8Array()];
  const argument = initArgument(TokenFactory, { administrators, gateways });
  await installBuilt(pic, 'token_factory', poor, argument, sender);
  factory = actorFor(pic, TokenFactory, poor);
  factory.setIdentity(ADMINISTRATOR);
  await registerModule(factory, 'token', '0.1.0');
  accepted(await gateway.registerFactory('poor', poor));
  accepted(await gateway.setConfigValue('poor.fee', { Nat: 700_000_000n }));
  await settle(system, 600);
  quote = accepted(await gateway.quote('poor', []));
});

afterAll(async () => {
  await system.pic.tearDown();
});

it('a factory that runs out of cycles while it makes the contract has the money go back', async () => {
  const user = await payingUser('drained');
  // It holds enough, but not beside what the platform keeps back for the years to come.
  const { cycles } = await factory.getFactoryHealth();
  await setReserve(cycles - ONE_CONTRACT - MARGIN);
  await freezeAfter(7 * YEAR);
  const { healthy } = await factory.getFactoryHealth();
  expect(healthy).toBe(true);
  expect(refusalCode(await user.gateway.createContract(orderOfPoor(user)))).toBe(
    'gateway.deployment_failed',
  );
  await freezeAfter(MONTH);
  expect(await user.balance()).toBe(quote.refundIfFailed);
  expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: 0n });
  expect(await factory.getFactoryHealth()).toMatchObject({ contracts: 0, underWay: 0, failed: 1 });
});

it('of two orders at once where cycles are left for one, one is made and the other goes back', async () => {
  const { cycles } = await factory.getFactoryHealth();
  await setReserve(cycles - ONE_CONTRACT - MARGIN);
  const users = [await payingUser('first'), await payingUser('second')];
  const sent = [];
  for (const user of users) {
    const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
      toIdlFactory(GatewayService),
      system.ids.gateway,
    );
    gateway.setIdentity(user.identity);
    sent.push(await gateway.createContract(orderOfPoor(user)));
  }
  const [first, second] = [await await sent[0]!(), await await sent[1]!()];
  accepted(first);
  expect(refusalCode(second)).toBe('gateway.deployment_failed');
  expect((second as { Err: { message: string } }).Err.message).toContain('factory.reserve_low');
  expect(await users[0]!.balance()).toBe(0n);
  expect(await users[1]!.balance()).toBe(quote.refundIfFailed);
  expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: quote.price });
  expect(await factory.getFactoryHealth()).toMatchObject({ contracts: 1, underWay: 0, failed: 1 });
});

it('a factory that keeps too few cycles to run at all is not paid', async () => {
  const user = await payingUser('frozen');
  await freezeAfter(100 * YEAR);
  expect(refusalCode(await user.gateway.createContract(orderOfPoor(user)))).toBe(
    'gateway.factory_unreachable',
  );
  expect(await user.balance()).toBe(quote.approve);
  expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: quote.price });
});

function payingUser(name: string): Promise<User> {
  return newUser(system, name, { funds: quote.approve, approved: quote.approve });
}

function orderOfPoor(user: User) {
  const requestId = requestIdOf('mine');
  return orderOf(tokenOrder(user.principal), { factory: 'poor', requestId });
}

/** Has the platform keep back the cycles that the factory burns in so many seconds. */
async function freezeAfter(seconds: number): Promise<void> {
  await system.pic.updateCanisterSettings({
    canisterId: poor,
    freezingThreshold: BigInt(seconds),
    sender: ADMINISTRATOR.getPrincipal(),
  });
}

async function setReserve(reserve: bigint): Promise<void> {
  accepted(await factory.updateFactoryConfig(configChange({ reserve: reserve })));
}
