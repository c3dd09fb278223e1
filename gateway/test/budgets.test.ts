import { executions, instanceIdOf } from '@fabrica/localnet';
import {
  accepted,
  newUser,
  openSystem,
  orderOf,
  requestIdOf,
  settle,
  tokenOrder,
  type System,
} from '@fabrica/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const ORDERS = 3;

let system: System;

// Counts of instructions are localnet's own.
describe.skipIf(inject('replicaIsReal'))('a paid order costs the gateway', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  it('12 M instructions at most, all its messages together, once the first of all is made', async () => {
    const { approve } = accepted(await system.gateway.quote('token', []));
    const costs: number[] = [];
    for (let n = 0; n < ORDERS; n += 1) {
      const user = await newUser(system, `user ${n}`, { funds: approve, approved: approve });
      await settle(system);
      const { next } = await spent(0);
      const order = orderOf(tokenOrder(user.principal), { requestId: requestIdOf(`order ${n}`) });
      accepted(await user.gateway.createContract(order));
      await settle(system);
      costs.push((await spent(next)).instructions);
    }
    expect(Math.max(...costs.slice(1))).toBeLessThanOrEqual(12_000_000);
  });
});

/** What the gateway executed from execution `since` on, but for what it would have done without an order. */
async function spent(since: number) {
  const filter = { since, canister: system.ids.gateway };
  const read = await executions(inject('replicaUrl'), instanceIdOf(system.pic), filter);
  const counted = read.executions.filter(({ kind }) => kind !== 'query');
  if (process.env['SHOW'] !== undefined)
    console.log(
      counted.map(({ kind, method, instructions }) => `${kind} ${method} ${instructions}`),
    );
  const instructions = counted.reduce((sum, one) => sum + one.instructions, 0);
  return { instructions, next: read.next };
}
