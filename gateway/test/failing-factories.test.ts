import {
  accepted,
  BALANCED,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  settle,
  untilQuiet,
  type RefusalValue,
  type System,
  type User,
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';
import { installRogue, type Manner } from './fixtures/rogue-factory.ts';

const FEE = 700_000_000n;

let system: System;
let rogue: Awaited<ReturnType<typeof installRogue>>;
let user: User;
let quote: { price: bigint; approve: bigint; refundIfFailed: bigint };
let requestId: Uint8Array;
let orders = 0;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  rogue = await installRogue(system.pic);
  accepted(await system.gateway.registerFactory('rogue', rogue.id));
  accepted(await system.gateway.setConfigValue('rogue.fee', { Nat: FEE }));
  await settle(system, 600);
  quote = accepted(await system.gateway.quote('rogue', []));
});

afterAll(async () => {
  await system.pic.tearDown();
});

beforeEach(async () => {
  orders += 1;
  requestId = requestIdOf(`order ${orders}`);
  const means = { funds: quote.approve, approved: quote.approve };
  user = await newUser(system, `user ${orders}`, means);
});

describe('a paid order goes back to the user when the factory', () => {
  it.each<[Manner, string]>([
    ['refuse', 'refuses it after all'],
    ['trap', 'traps'],
    ['trapLater', 'traps after its first await'],
    ['garble', 'answers what cannot be read'],
  ])('%s: %s', async (manner) => {
    await rogue.behave(manner);
    const refusal = refusalOf(await user.gateway.createContract(order()));
    expect(refusal.code).toBe('gateway.deployment_failed');
    if (manner === 'refuse') expect(refusal.message).toContain('rogue.unwilling');
    await expectRefund();
  });

  it('has the money back on record, as paid, as failed, and as refunded', async () => {
    await rogue.behave('trap');
    refusalOf(await user.gateway.createContract(order()));
    await expectRefund();
    system.invoice.setIdentity(user.identity);
    system.audit.setIdentity(user.identity);
    const invoices = accepted(await system.invoice.getEntriesByReference(requestId, [], [], 50));
    expect(invoices.entries.map(({ kind, amount }) => [Object.keys(kind)[0], amount])).toEqual([
      ['Refund', quote.refundIfFailed],
      ['Charge', quote.price],
    ]);
    const audit = accepted(await system.audit.getEntriesByUser(user.principal, [], 50));
    expect(audit.entries.map(({ action }) => action)).toEqual([
      'payment.refunded',
      'deployment.failed',
      'payment.charged',
    ]);
  });

  it('and the same requestId is refused alike, and charges nothing', async () => {
    await rogue.behave('refuse');
    const first = refusalOf(await user.gateway.createContract(order()));
    await rogue.behave('answer');
    await user.approve(quote.price / 2n);
    const before = await user.balance();
    expect(refusalOf(await user.gateway.createContract(order()))).toEqual(first);
    expect(await user.balance()).toBe(before);
    expect(await readBooks(system)).toMatchObject(BALANCED);
  });
});

describe('a paid order stays open, with the money accounted for,', () => {
  it('while the factory does not answer, and ends when it does', async () => {
    await rogue.behave('stall');
    const { pic, ids } = system;
    const gateway = pic.createDeferredActor<ActorOf<typeof GatewayService>>(
      toIdlFactory(GatewayService),
      ids.gateway,
    );
    gateway.setIdentity(user.identity);
    const answer = await gateway.createContract(order());
    await pic.tick(5);
    expect(await stateOf()).toBe('Deploying');
    const [book] = await system.gateway.getSolvency();
    expect(book).toMatchObject({ inFlight: quote.price, owed: 0n });
    expect(refusalOf(await user.gateway.createContract(order())).code).toBe(
      'gateway.request_in_progress',
    );
    await settle(system, 3600);
    expect(await stateOf()).toBe('Deploying');

    await rogue.behave('answer');
    accepted(await await answer());
    expect(await stateOf()).toBe('Deployed');
    expect(await readBooks(system)).toMatchObject({ ...BALANCED, earned: quote.price });
  });

  it('while the factory does not say what became of it, and is refunded once it does', async () => {
    await rogue.behave('trap', false);
    const refusal = refusalOf(await user.gateway.createContract(order()));
    expect(refusal.code).toBe('gateway.request_in_progress');
    for (let wait = 0; wait < 3; wait += 1) await settle(system, 60);
    expect(await stateOf()).toBe('Deploying');
    expect(await user.balance()).toBe(0n);
    expect(await readBooks(system)).toMatchObject({
      open: 1,
      inFlight: quote.price,
      unexplained: 0n,
      solvent: true,
    });

    await rogue.behave('trap', true);
    await untilQuiet(system);
    await expectRefund();
  });

  it('until an administrator decides, if the factory is gone for good', async () => {
    await rogue.behave('trap', false);
    refusalOf(await user.gateway.createContract(order()));
    const { number } = accepted(await user.gateway.getRequest(requestId, []));
    const decision = { Abandoned: null };
    expect(refusalCode(await user.gateway.resolveRequest(number, decision))).toBe(
      'gateway.not_administrator',
    );
    accepted(await system.gateway.resolveRequest(number, decision));
    await untilQuiet(system);
    await expectRefund();
    expect(refusalCode(await system.gateway.resolveRequest(number, decision))).toBe(
      'gateway.not_resolvable',
    );
  });
});

function order() {
  return orderOf(Uint8Array.of(1, 2, 3), { factory: 'rogue', requestId });
}

function refusalOf(answer: { Ok: unknown } | { Err: RefusalValue }): RefusalValue {
  refusalCode(answer);
  return (answer as { Err: RefusalValue }).Err;
}

async function stateOf(): Promise<string> {
  const { state } = accepted(await user.gateway.getRequest(requestId, []));
  return Object.keys(state)[0]!;
}

/** The user has the money back, as quoted, and nothing is left open. */
async function expectRefund(): Promise<void> {
  expect(await readBooks(system)).toMatchObject(BALANCED);
  expect(await stateOf()).toBe('Refunded');
  expect(await user.balance()).toBe(quote.refundIfFailed);
}
