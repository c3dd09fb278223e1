import {
  addFault,
  clearFaults,
  instanceIdOf,
  type FaultAction,
  type FaultRequest,
} from '@fabrica/localnet';
import {
  accepted,
  accountOf,
  ADMINISTRATOR,
  BALANCED,
  builtModule,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  requestIdOf,
  tokenOrder,
  untilQuiet,
  type System,
  type User,
} from '@fabrica/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

type State = 'Deployed' | 'Refunded' | 'Refused';

const REQUEST = requestIdOf('through thick and thin');

let system: System;
let quote: { price: bigint; approve: bigint; refundIfFailed: bigint };
let user: User;
let users = 0;

// Faults are localnet's own; the real PocketIC server cannot make calls go wrong.
describe.skipIf(inject('replicaIsReal'))('an order ends well', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
    quote = accepted(await system.gateway.quote('token', []));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  beforeEach(async () => {
    users += 1;
    // Enough to be charged twice, so that only the gateway prevents it.
    const means = { funds: 2n * quote.approve, approved: 2n * quote.approve };
    user = await newUser(system, `user ${users}`, means);
  });

  afterEach(async () => {
    await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
  });

  describe.each<[string, FaultAction, Record<'validate' | 'charge' | 'create', State>]>([
    [
      'was not delivered',
      { kind: 'reject', code: 2, message: 'the network was busy' },
      { validate: 'Refused', charge: 'Refused', create: 'Refunded' },
    ],
    [
      'may have been delivered, and was not',
      { kind: 'reject', code: 5, message: 'it said no more' },
      { validate: 'Refused', charge: 'Deployed', create: 'Refunded' },
    ],
    [
      'was carried out, and its answer lost',
      { kind: 'lose-answer' },
      { validate: 'Refused', charge: 'Deployed', create: 'Deployed' },
    ],
    [
      'was answered, and the gateway trapped on it',
      { kind: 'trap-callback' },
      { validate: 'Refused', charge: 'Deployed', create: 'Deployed' },
    ],
    [
      'was answered late',
      { kind: 'delay-rounds', rounds: 20 },
      { validate: 'Deployed', charge: 'Deployed', create: 'Deployed' },
    ],
  ])('when a call %s', (_, action, ends) => {
    it('while the order was checked', async () => {
      await fault({ method: 'validateOrder', action });
      await expectEnd(ends.validate);
    });

    it('while the user was charged', async () => {
      await fault({ method: 'icrc2_transfer_from', action });
      await expectEnd(ends.charge);
    });

    it('while the contract was made', async () => {
      await fault({ method: 'createContract', action });
      await expectEnd(ends.create);
    });

    it('while the factory was asked what became of it', async () => {
      await fault({ method: 'createContract', action: { kind: 'reject', code: 5, message: '' } });
      await fault({ method: 'cancelDeployment', action });
      await expectEnd('Refunded');
    });

    it('while the money went back', async () => {
      await fault({ method: 'createContract', action: { kind: 'reject', code: 2, message: '' } });
      await fault({ method: 'icrc1_transfer', action });
      await expectEnd('Refunded');
    });

    it('while the storages were told', async () => {
      await fault({ method: 'logEvents', action });
      await fault({ method: 'recordPayments', action });
      await expectEnd('Deployed');
    });
  });

  it('when one call after the other gets lost', async () => {
    const action = { kind: 'lose-answer' } as const;
    await fault({ method: 'icrc2_transfer_from', action, times: 3 });
    await fault({ method: 'createContract', action });
    await fault({ method: 'cancelDeployment', action, times: 3 });
    await expectEnd('Deployed');
  });

  it('when the ledger stops in between, and the gateway is upgraded before it is back', async () => {
    await fault({ method: 'icrc2_transfer_from', action: { kind: 'lose-answer' }, times: 'all' });
    await order();
    const { pic, ids } = system;
    await upgradeGateway();
    await clearFaults(inject('replicaUrl'), instanceIdOf(pic));
    await expectEnd('Deployed', false);
    const held = await system.ledger.icrc1_balance_of(accountOf(ids.gateway));
    expect((await readBooks(system)).earned).toBe(held);
  });
});

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

async function order(): Promise<void> {
  try {
    await user.gateway.createContract(orderOf(tokenOrder(user.principal), { requestId: REQUEST }));
  } catch (error) {
    // What a trap in the gateway's callback looks like from outside.
    expect(String(error)).toMatch(/trap/i);
  }
}

/** Orders, lets the gateway find its way, and compares what everybody has with what is on record. */
async function expectEnd(state: State, sendOrder = true): Promise<void> {
  if (sendOrder) await order();
  await untilQuiet(system);
  expect(await readBooks(system)).toMatchObject(BALANCED);
  const request = accepted(await user.gateway.getRequest(REQUEST, []));
  expect(Object.keys(request.state)).toEqual([state]);

  const { contracts } = await system.tokenFactory.getMyContracts(user.principal, []);
  expect(contracts).toHaveLength(state === 'Deployed' ? 1 : 0);
  expect(contracts.map(({ contract }) => contract.id.toText())).toEqual(
    request.contract.map((id) => id.toText()),
  );
  const left = { Deployed: 0n, Refunded: quote.refundIfFailed, Refused: quote.approve }[state];
  expect(await user.balance()).toBe(quote.approve + left);

  system.invoice.setIdentity(user.identity);
  const invoices = accepted(await system.invoice.getEntriesByReference(REQUEST, [], [], 50));
  const kinds = { Deployed: ['Earned', 'Charge'], Refunded: ['Refund', 'Charge'], Refused: [] };
  expect(invoices.entries.map(({ kind }) => Object.keys(kind)[0])).toEqual(kinds[state]);
}

async function upgradeGateway(): Promise<void> {
  const canisterId = system.ids.gateway;
  const sender = ADMINISTRATOR.getPrincipal();
  await system.pic.stopCanister({ canisterId, sender });
  const { wasm } = builtModule('gateway');
  await system.pic.upgradeCanister({ canisterId, sender, wasm: wasm.slice().buffer });
  await system.pic.startCanister({ canisterId, sender });
}
