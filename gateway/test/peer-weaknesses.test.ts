import {
  addFault,
  clearFaults,
  executions,
  instanceIdOf,
  type FaultRequest,
} from '@fabrica/localnet';
import {
  accepted,
  actorFor,
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
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import type { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';
import { installLiar } from './fixtures/liar-ledger.ts';

let system: System;
let other: Awaited<ReturnType<typeof installLiar>>;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  other = await installLiar(system.pic);
  accepted(await system.gateway.registerLedger('other', other.id));
  accepted(await system.gateway.setConfigValue('token.fee.other', { Nat: 500_000n }));
  await settle(system, 60);
});

afterAll(async () => {
  await system.pic.tearDown();
});

describe('a weakness of the peer is none here:', () => {
  it.skipIf(inject('replicaIsReal'))(
    'peer 2: a refund goes back in the ledger it was paid in, though the default is another by then',
    async () => {
      const wiring = await system.gateway.getCanisterIds();
      const down = { kind: 'reject', code: 2, message: 'down' } as const;
      await fault({ method: 'createContract', action: down });
      await fault({ method: 'icrc1_transfer', times: 'all', action: down });
      const { approve, refundIfFailed } = accepted(await system.gateway.quote('token', []));
      const user = await newUser(system, 'paid before', { funds: approve, approved: approve });
      const requestId = requestIdOf('before');
      await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId }));
      const third = await installLiar(system.pic);
      accepted(await system.gateway.setCanisterIds({ ...wiring, ledger: third.id }));
      await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
      await untilQuiet(system);
      expect(await user.balance()).toBe(refundIfFailed);
      accepted(await system.gateway.setCanisterIds(wiring));
      expect(await readBooks(system)).toMatchObject(BALANCED);
    },
  );

  it('peer 7: the records name the ledger that was charged', async () => {
    const user = await newUser(system, 'pays elsewhere');
    const requestId = requestIdOf('elsewhere');
    const quote = accepted(await system.gateway.quote('token', [other.id]));
    expect(quote).toMatchObject({ price: 500_000n, ledgerFee: 10_000n });
    const ledger = [other.id] as [Principal];
    const args = tokenOrder(user.principal);
    accepted(await user.gateway.createContract({ ...orderOf(args, { requestId }), ledger }));
    await settle(system);
    system.invoice.setIdentity(user.identity);
    const invoices = accepted(await system.invoice.getEntriesByReference(requestId, [], [], 50));
    expect(invoices.entries).toHaveLength(2);
    for (const entry of invoices.entries) {
      expect(entry.ledger.toText()).toBe(other.id.toText());
      expect(entry.amount).toBe(500_000n);
    }
  });

  it('a ledger that is disabled, or has no fee, is paid in by nobody', async () => {
    const order = { ...orderOf(new Uint8Array()), ledger: [other.id] as [Principal] };
    const user = await newUser(system, 'too late');
    accepted(await system.gateway.setConfigValue('ledger.other.enabled', { Bool: false }));
    expect(refusalCode(await user.gateway.createContract(order))).toBe('gateway.unknown_ledger');
    accepted(await system.gateway.setConfigValue('ledger.other.enabled', { Bool: true }));
    accepted(await system.gateway.setConfigValue('token.fee.other', { Nat: 0n }));
    await settle(system, 400);
    expect(refusalCode(await user.gateway.createContract(order))).toBe('gateway.fee_not_set');
  });

  it('peer 9: administration, open orders and the orders of others are read by administrators', async () => {
    const user = await newUser(system, 'curious');
    const requestId = requestIdOf('elsewhere');
    const { gateway } = user;
    expect(refusalCode(await gateway.getOpenRequests(10))).toBe('gateway.not_administrator');
    expect(refusalCode(await gateway.getRequest(requestId, []))).toBe('gateway.unknown_request');
    const administrator = [(await system.gateway.getAdministrators())[0]!] as [Principal];
    expect(refusalCode(await gateway.getRequest(requestId, administrator))).toBe(
      'gateway.not_administrator',
    );
  });

  it('a user who is suspended reads in the trail by whom', async () => {
    const user = await newUser(system, 'suspended');
    accepted(await system.gateway.setUserSuspended(user.principal, true));
    await settle(system);
    system.audit.setIdentity(user.identity);
    const told = accepted(await system.audit.getEntriesByUser(user.principal, [], 50));
    expect(told.entries.map(({ action }) => action)).toEqual(['user.suspended']);
    const [administrator] = await system.gateway.getAdministrators();
    expect(told.entries[0]!.actor.toText()).toBe(administrator!.toText());
  });

  it('peer 11: what anonymous callers ask is refused before it costs anything, and leaves nothing behind', async () => {
    const anonymous = actorFor(system.pic, GatewayService, system.ids.gateway);
    const before = await system.gateway.getSystemStatus();
    const told = await countAudit();
    const order = orderOf(tokenOrder(system.ids.gateway));
    const since = await nextExecution();
    const answers = [
      anonymous.createContract(order),
      anonymous.requestRefund(new Uint8Array(1), ''),
      anonymous.setConfigValue('maintenance', { Bool: true }),
      anonymous.proposeWithdrawal(system.ids.ledger, 1n),
      anonymous.checkSolvency([]),
    ];
    for (const { status } of await Promise.allSettled(answers)) expect(status).toBe('rejected');
    if (!inject('replicaIsReal')) {
      const kinds = (await executionsSince(since)).map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(['inspect']));
    }
    await settle(system);
    const after = await system.gateway.getSystemStatus();
    expect([after.requests, after.audit.waiting]).toEqual([before.requests, 0]);
    expect(await countAudit()).toBe(told);
  });

  it('peer 26: orders of the same moment have records of their own', async () => {
    const { approve } = accepted(await system.gateway.quote('token', []));
    const users = [];
    for (const name of ['left', 'right'])
      users.push(await newUser(system, name, { funds: approve, approved: approve }));
    const answers = [];
    for (const { identity, principal } of users) {
      const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
        toIdlFactory(GatewayService),
        system.ids.gateway,
      );
      gateway.setIdentity(identity);
      answers.push(await gateway.createContract(orderOf(tokenOrder(principal))));
    }
    const receipts = [];
    for (const answer of answers) receipts.push(accepted(await await answer()));
    const [left, right] = receipts;
    expect(left!.contract.toText()).not.toBe(right!.contract.toText());
    expect(left!.requestId).not.toEqual(right!.requestId);
  });

  it('peer 27: a fee is a number, and nothing else is taken for one', async () => {
    const { gateway } = system;
    expect(refusalCode(await gateway.setConfigValue('token.fee', { Bool: true }))).toBe(
      'gateway.wrong_type',
    );
    expect(refusalCode(await gateway.setConfigValue('token.fees', { Nat: 1n }))).toBe(
      'gateway.unknown_key',
    );
    accepted(await gateway.registerFactory('unpriced', other.id));
    await settle(system, 10);
    expect(refusalCode(await gateway.quote('unpriced', []))).toBe('gateway.fee_not_set');
  });
});

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

async function nextExecution(): Promise<number> {
  if (inject('replicaIsReal')) return 0;
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic))).next;
}

/** What the gateway executed since. */
async function executionsSince(since: number) {
  const filter = { since, canister: system.ids.gateway };
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic), filter)).executions;
}

/** Entries of the audit storage, as its tip counts them. */
async function countAudit(): Promise<bigint> {
  return BigInt((await system.audit.getTip()).length);
}
