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
  TOKEN_PRICE,
  tokenOrder,
  type System,
  type User,
} from '@fabrica/testing';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

const PRICE = TOKEN_PRICE + LEDGER_FEE;
const REQUEST = requestIdOf('once');

let system: System;
let user: User;
let users = 0;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
});

afterAll(async () => {
  await system.pic.tearDown();
});

beforeEach(async () => {
  // Able to pay ten times, so that only the gateway keeps it from doing so.
  const means = { funds: 10n * PRICE, approved: 10n * PRICE };
  users += 1;
  user = await newUser(system, `user ${users}`, means);
});

afterEach(async () => {
  expect(await readBooks(system)).toMatchObject(BALANCED);
});

describe('an order sent again with the same requestId', () => {
  it('gets the same answer, and is charged once', async () => {
    const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
    const first = accepted(await user.gateway.createContract(order));
    for (let again = 0; again < 3; again += 1) {
      expect(accepted(await user.gateway.createContract(order))).toEqual(first);
    }
    await expectOneContract(first.contract.toText());
  });

  it('gets the same answer whatever else it asks for', async () => {
    const requestId = REQUEST;
    const first = accepted(
      await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId })),
    );
    const other = orderOf(tokenOrder(user.principal, { name: 'Another' }), { requestId });
    expect(accepted(await user.gateway.createContract(other))).toEqual(first);
    await expectOneContract(first.contract.toText());
  });

  it('is refused if it names another factory', async () => {
    const requestId = REQUEST;
    const args = tokenOrder(user.principal);
    const first = accepted(await user.gateway.createContract(orderOf(args, { requestId })));
    const other = await user.gateway.createContract(orderOf(args, { requestId, factory: 'other' }));
    expect(refusalCode(other)).toBe('gateway.request_id_reused');
    await expectOneContract(first.contract.toText());
  });

  it('while the first is under way, leads to the same contract', async () => {
    const gateway = system.pic.createDeferredActor<ActorOf<typeof GatewayService>>(
      toIdlFactory(GatewayService),
      system.ids.gateway,
    );
    gateway.setIdentity(user.identity);
    const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
    const answers = [];
    for (let copy = 0; copy < 4; copy += 1) answers.push(await gateway.createContract(order));
    const [first, ...others] = await Promise.all(answers.map(async (answer) => answer()));
    const { contract } = accepted(await first!);
    for (const other of others) {
      const answer = await other;
      if ('Ok' in answer) expect(answer.Ok.contract.toText()).toBe(contract.toText());
      else expect(answer.Err.code).toBe('gateway.request_in_progress');
    }
    expect(accepted(await user.gateway.createContract(order)).contract.toText()).toBe(
      contract.toText(),
    );
    await expectOneContract(contract.toText());
  });

  it("is another user's own order", async () => {
    const order = orderOf(tokenOrder(user.principal), { requestId: REQUEST });
    const mine = accepted(await user.gateway.createContract(order));
    const other = await newUser(system, 'namesake', { funds: PRICE, approved: PRICE });
    const theirs = accepted(await other.gateway.createContract(order));
    expect(theirs.contract.toText()).not.toBe(mine.contract.toText());
    await expectOneContract(mine.contract.toText());
  });
});

describe('orders without a requestId', () => {
  it('are each their own', async () => {
    const order = orderOf(tokenOrder(user.principal));
    const first = accepted(await user.gateway.createContract(order));
    const second = accepted(await user.gateway.createContract(order));
    expect(second.contract.toText()).not.toBe(first.contract.toText());
    expect(second.requestId).not.toEqual(first.requestId);
    expect(await user.balance()).toBe(8n * PRICE);
  });
});

/** The user paid once, and has this contract and no other made by him. */
async function expectOneContract(id: string): Promise<void> {
  await settle(system);
  expect(await user.balance()).toBe(9n * PRICE);
  const { contracts } = await system.tokenFactory.getMyContracts(user.principal, []);
  const made = contracts.filter(({ roles }) => roles.includes('creator'));
  expect(made.map(({ contract }) => contract.id.toText())).toEqual([id]);
}
