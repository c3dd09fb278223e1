import { executions, instanceIdOf } from '@fabrica/localnet';
import {
  accepted,
  installRelay,
  newUser,
  openSystem,
  orderOf,
  requestIdOf,
  settle,
  tokenOrder,
  type System,
} from '@fabrica/testing';
import { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

const ORDERS = 3;
const BATCH = 50;

let system: System;

// Counts of instructions are localnet's own.
describe.skipIf(inject('replicaIsReal'))('costs the gateway, in instructions,', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  it('300 M at most: to be installed', async () => {
    const [install] = await executed(0);
    expect(install!.instructions).toBeLessThanOrEqual(300_000_000);
  });

  it('12 M at most: a paid order, all messages together', async () => {
    const { approve } = accepted(await system.gateway.quote('token', []));
    const costs: number[] = [];
    for (let n = 0; n < ORDERS; n += 1) {
      const user = await newUser(system, `user ${n}`, { funds: approve, approved: approve });
      await settle(system);
      const before = await next();
      const order = orderOf(tokenOrder(user.principal), { requestId: requestIdOf(`order ${n}`) });
      accepted(await user.gateway.createContract(order));
      await settle(system);
      costs.push(total(await executed(before)));
    }
    // The first builds what the others use.
    if (process.env['SHOW']) console.log('order', costs);
    expect(Math.max(...costs.slice(1))).toBeLessThanOrEqual(12_000_000);
  });

  it('three messages to others, while the user waits', async () => {
    const { approve } = accepted(await system.gateway.quote('token', []));
    const user = await newUser(system, 'waiting', { funds: approve, approved: approve });
    const before = await next();
    accepted(await user.gateway.createContract(orderOf(tokenOrder(user.principal))));
    const messages = await executed(before);
    const { call } = messages.find(
      ({ kind, method }) => kind === 'update' && method === 'createContract',
    )!;
    const answers = messages.filter((one) => one.call === call && one.awaited !== null);
    const awaited = answers.map((one) => one.awaited);
    expect(awaited).toEqual(['validateOrder', 'icrc2_transfer_from', 'createContract']);
  });

  it('1.2 M at most each: relationships reported; 3 M: a dashboard of fifty and ten', async () => {
    const factory = await installRelay(system.pic);
    accepted(await system.gateway.registerFactory('wallets', factory.id));
    const user = await newUser(system, 'user 1');
    const gateway = factory.to(GatewayService, system.ids.gateway);
    let sent = 0n;
    for (let batch = 0; batch < 3; batch += 1) {
      const before = await next();
      const reports = Array.from({ length: BATCH }, (_, n) => ({
        contract: canisterOf(batch * BATCH + n),
        user: user.principal,
        before: 0,
        roles: 1,
        name: 'Golden Ticket',
        since: 1_780_000_000_000_000_000n,
      }));
      sent = accepted(await gateway.reportRelationships(sent, ['creator', 'signer'], reports));
      const cost = total(await executed(before)) / BATCH;
      if (batch > 0) expect(cost).toBeLessThanOrEqual(1_200_000);
      if (process.env['SHOW']) console.log('report', cost);
    }
    accepted(await user.gateway.getDashboard([]));
    const before = await next();
    const { related } = accepted(await user.gateway.getDashboard([]));
    expect(related.contracts).toHaveLength(50);
    const cost = total(await executed(before));
    if (process.env['SHOW']) console.log('dashboard', cost);
    expect(cost).toBeLessThanOrEqual(3_000_000);
  });
});

/** What the gateway executed from execution `since` on. */
async function executed(since: number) {
  const filter = { since, canister: system.ids.gateway };
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic), filter)).executions;
}

async function next(): Promise<number> {
  return (await executions(inject('replicaUrl'), instanceIdOf(system.pic))).next;
}

function total(list: readonly { readonly instructions: number }[]): number {
  return list.reduce((sum, { instructions }) => sum + instructions, 0);
}

/** A canister's id that nobody has. */
function canisterOf(n: number): Principal {
  return Principal.fromUint8Array(Uint8Array.of(0, 0, 0, 9, 9, 9, n >>> 8, n, 1, 1));
}
