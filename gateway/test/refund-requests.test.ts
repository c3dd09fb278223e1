import { addFault, clearFaults, instanceIdOf, type FaultRequest } from '@fabrica/localnet';
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
  tokenOrder,
  untilQuiet,
  type System,
  type User,
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

const REQUEST = requestIdOf('money back');

let system: System;
let user: User;
let quote: { approve: bigint; refundIfFailed: bigint };
let users = 0;

// Faults are localnet's own.
describe.skipIf(inject('replicaIsReal'))('a refund', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
    quote = accepted(await system.gateway.quote('token', []));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  beforeEach(async () => {
    users += 1;
    user = await newUser(system, `user ${users}`, {
      funds: quote.approve,
      approved: quote.approve,
    });
    await fault({ method: 'createContract', action: { kind: 'reject', code: 2, message: '' } });
  });

  afterEach(async () => {
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await untilQuiet(system);
    expect(await readBooks(system)).toMatchObject(BALANCED);
  });

  it('peer 1: asked for twice at once, is paid once', async () => {
    await leaveOpen();
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
      toIdlFactory(GatewayService),
      system.ids.gateway,
    );
    gateway.setIdentity(user.identity);
    const asked = [];
    for (let copy = 0; copy < 3; copy += 1)
      asked.push(await gateway.requestRefund(REQUEST, 'it is late'));
    const codes: string[] = [];
    for (const answer of asked) {
      const told = await await answer();
      codes.push('Ok' in told ? Object.keys(told.Ok.state)[0]! : told.Err.code);
    }
    expect(codes).toEqual(['Refunded', 'gateway.asked_already', 'gateway.asked_already']);
    await settle(system);
    expect(await user.balance()).toBe(quote.refundIfFailed);
  });

  it('peer 1: asked for while the reconciler sends it, is paid once', async () => {
    await leaveOpen();
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await fault({ method: 'icrc1_transfer', action: { kind: 'delay-rounds', rounds: 10 } });
    await system.pic.advanceTime(600_000);
    await system.pic.tick(2);
    accepted(await user.gateway.requestRefund(REQUEST, 'now'));
    await untilQuiet(system);
    expect(await user.balance()).toBe(quote.refundIfFailed);
  });

  it('peer 3: that failed is tried again until it succeeds, and can be asked for at once', async () => {
    await leaveOpen();
    const view = accepted(await user.gateway.requestRefund(REQUEST, 'I wait'));
    expect(view.state).toEqual({ Refunding: null });
    expect(view.ask[0]).toMatchObject({ times: 1, reason: 'I wait' });
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await settle(system, 61);
    await untilQuiet(system);
    expect(await user.balance()).toBe(quote.refundIfFailed);
  });

  it('is turned down with a reason, which ends nothing, and made when the administrator says so', async () => {
    await leaveOpen();
    const { number } = accepted(await user.gateway.getRequest(REQUEST, []));
    const rejected = { RefundRejected: { reason: 'the ledger is down, it follows' } };
    expect(refusalCode(await system.gateway.resolveRequest(number, rejected))).toBe(
      'gateway.nobody_asked',
    );
    accepted(await user.gateway.requestRefund(REQUEST, 'please'));
    accepted(await system.gateway.resolveRequest(number, rejected));
    const view = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(view.ask[0]?.rejected[0]?.reason).toBe('the ledger is down, it follows');
    expect(view.state).toEqual({ Refunding: null });
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    accepted(await system.gateway.resolveRequest(number, { Retry: null }));
    // At once: no time passes.
    await system.pic.tick(6);
    const { state } = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(state).toEqual({ Refunded: null });
    await settle(system);
    expect(await user.balance()).toBe(quote.refundIfFailed);
    system.audit.setIdentity(user.identity);
    const told = accepted(await system.audit.getEntriesByUser(user.principal, [], 50));
    expect(told.entries.map(({ action }) => action)).toContain('refund.requested');
  });

  it("is not asked for twice in a minute, nor once it is over, nor of another's order", async () => {
    await leaveOpen();
    accepted(await user.gateway.requestRefund(REQUEST, ''));
    expect(refusalCode(await user.gateway.requestRefund(REQUEST, ''))).toBe(
      'gateway.asked_already',
    );
    const other = await newUser(system, 'other');
    expect(refusalCode(await other.gateway.requestRefund(REQUEST, ''))).toBe(
      'gateway.unknown_request',
    );
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
    await untilQuiet(system);
    expect(refusalCode(await user.gateway.requestRefund(REQUEST, ''))).toBe(
      'gateway.not_refundable',
    );
  });
});

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

/** Orders; the order fails, and its refund does not get through. */
async function leaveOpen(): Promise<void> {
  const down = { kind: 'reject', code: 2, message: 'down' } as const;
  await fault({ method: 'icrc1_transfer', times: 'all', action: down });
  await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId: REQUEST }));
  const { state } = accepted(await user.gateway.getRequest(REQUEST, []));
  expect(state).toEqual({ Refunding: null });
}
