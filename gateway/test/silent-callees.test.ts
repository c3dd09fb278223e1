import {
  addFault,
  clearFaults,
  instanceIdOf,
  releaseFault,
  type FaultRequest,
} from '@fabrica/localnet';
import {
  accepted,
  BALANCED,
  LEDGER_FEE,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  refusalCode,
  requestIdOf,
  settle,
  tokenOrder,
  untilQuiet,
  type System,
  type User,
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';
import { installRogue } from './fixtures/rogue-factory.ts';

const FEE = 700_000_000n;
/** More than the reconciler takes up in one run. */
const HELD = 12;

let system: System;
let rogue: Awaited<ReturnType<typeof installRogue>>;
let users = 0;

// Faults are localnet's own.
describe.skipIf(inject('replicaIsReal'))('a callee that never answers', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
    rogue = await installRogue(system.pic);
    accepted(await system.gateway.registerFactory('rogue', rogue.id));
    accepted(await system.gateway.setConfigValue('rogue.fee', { Nat: FEE }));
    await settle(system, 600);
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  afterEach(async () => {
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await untilQuiet(system);
    expect(await readBooks(system)).toMatchObject(BALANCED);
  });

  it('as a factory, holds up no order of another factory', async () => {
    await fault({ to: rogue.id, method: 'createContract', times: 'all', action: hold });
    for (let n = 0; n < HELD; n += 1) await send(await payingUser(), 'rogue');
    await settle(system, 120);
    expect(await openOrders()).toBe(HELD);

    // This one the reconciler must finish: the message that began it got no answer.
    const lost = { kind: 'reject', code: 5, message: 'it said no more' } as const;
    await fault({ method: 'icrc2_transfer_from', action: lost });
    await fault({ method: 'createContract', to: system.ids.tokenFactory, action: lost });
    await fault({ method: 'cancelDeployment', to: system.ids.tokenFactory, action: lost });
    const user = await payingUser();
    await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId: REQUEST }));
    await settle(system, 10);
    await settle(system, 10);
    expect(await stateOf(user)).toBe('Refunded');
    expect(await openOrders()).toBe(HELD);
  });

  it('as a ledger, holds up no order whose money is in the gateway already', async () => {
    await fault({ method: 'icrc2_transfer_from', times: HELD, action: hold });
    for (let n = 0; n < HELD; n += 1) await send(await payingUser(), 'rogue');
    await settle(system, 120);
    const user = await payingUser();
    accepted(
      await user.gateway.createContract(
        orderOf(tokenOrder(user.principal), { requestId: REQUEST }),
      ),
    );
    expect(await openOrders()).toBe(HELD);
  });

  it('as the audit storage, keeps nothing from the invoice storage', async () => {
    await fault({ method: 'logEvents', action: hold });
    const user = await payingUser();
    accepted(
      await user.gateway.createContract(
        orderOf(tokenOrder(user.principal), { requestId: REQUEST }),
      ),
    );
    await settle(system);
    const { audit, invoice } = await system.gateway.getSystemStatus();
    expect(audit.waiting).toBeGreaterThan(0);
    expect(invoice.waiting).toBe(0);
  });

  it('as a factory asked how it is, gets no more orders until it answers', async () => {
    const { id } = await fault({ to: rogue.id, method: 'getFactoryHealth', action: hold });
    await settle(system, 301);
    await settle(system, 121);
    const user = await payingUser();
    const args = Uint8Array.of(1);
    const order = orderOf(args, { factory: 'rogue', requestId: REQUEST });
    expect(refusalCode(await user.gateway.createContract(order))).toBe('gateway.factory_silent');
    const { alerts } = await system.gateway.getSystemStatus();
    expect(alerts.join()).toContain('silent: rogue');
    await releaseFault(inject('replicaUrl'), instanceIdOf(system.pic), id);
    await settle(system);
    accepted(await user.gateway.createContract(order));
  });

  it.each([
    ['checked', 'validateOrder', 'Refused'],
    ['charged', 'icrc2_transfer_from', 'Deployed'],
    ['made', 'createContract', 'Refunded'],
  ])(
    'while an order is %s, is given up after an hour, and its late answer changes nothing',
    async (_, method, end) => {
      await fault({ method, action: hold });
      const user = await payingUser();
      await send(user, 'rogue');
      const waiting = await stateOf(user);
      await settle(system, 3_000);
      expect(await stateOf(user)).toBe(waiting);
      for (const seconds of [600, 60, 60]) await settle(system, seconds);
      expect(await stateOf(user)).toBe(end);
      const left = await user.balance();
      await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
      await settle(system);
      expect([await stateOf(user), await user.balance()]).toEqual([end, left]);
    },
  );

  it('may be given up by an administrator after an hour, and what it says later changes nothing', async () => {
    await fault({ to: rogue.id, method: 'createContract', action: hold });
    await fault({ to: rogue.id, method: 'cancelDeployment', times: 'all', action: hold });
    const user = await payingUser();
    const funded = await user.balance();
    await send(user, 'rogue');
    const { number } = accepted(await user.gateway.getRequest(REQUEST, []));
    const abandoned = { Abandoned: null };
    expect(refusalCode(await system.gateway.resolveRequest(number, abandoned))).toBe(
      'gateway.request_busy',
    );
    await settle(system, 3_700);
    accepted(await system.gateway.resolveRequest(number, abandoned));
    await settle(system);
    expect(await stateOf(user)).toBe('Refunded');
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await settle(system);
    expect(await stateOf(user)).toBe('Refunded');
    expect(await user.balance()).toBe(funded - 2n * LEDGER_FEE);
  });
});

const REQUEST = requestIdOf('mine');
const hold = { kind: 'hold-answer' } as const;

function fault(request: FaultRequest) {
  const rule = { from: system.ids.gateway, ...request };
  return addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

async function payingUser(): Promise<User> {
  users += 1;
  const { approve: funds } = accepted(await system.gateway.quote('token', []));
  return newUser(system, `user ${users}`, { funds, approved: funds });
}

/** Sends an order without waiting for its answer. */
async function send(user: User, factory: string): Promise<void> {
  const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
    toIdlFactory(GatewayService),
    system.ids.gateway,
  );
  gateway.setIdentity(user.identity);
  await gateway.createContract(orderOf(Uint8Array.of(1), { factory, requestId: REQUEST }));
  await system.pic.tick(8);
}

async function openOrders(): Promise<number> {
  return (await system.gateway.getSystemStatus()).open;
}

async function stateOf(user: User): Promise<string> {
  const { state } = accepted(await user.gateway.getRequest(REQUEST, []));
  return Object.keys(state)[0]!;
}
