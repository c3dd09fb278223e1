import {
  addFault,
  clearFaults,
  instanceIdOf,
  type FaultAction,
  type FaultRequest,
} from '@fabrica/localnet';
import {
  accepted,
  BALANCED,
  newUser,
  openSystem,
  orderOf,
  readBooks,
  requestIdOf,
  settle,
  tokenOrder,
  untilQuiet,
  upgradeBuilt,
  ADMINISTRATOR,
  type System,
  type User,
} from '@fabrica/testing';
import type { Principal } from '@dfinity/principal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { installRecordingLedger } from './fixtures/recording-ledger.ts';

const REQUEST = requestIdOf('long ago');
const DAY = 24 * 3600;
const CARRIED_OUT: FaultAction = { kind: 'lose-answer' };
const NOT_CARRIED_OUT: FaultAction = { kind: 'reject', code: 5, message: 'it said no more' };
const UNDELIVERED: FaultAction = { kind: 'reject', code: 2, message: 'the network was busy' };

let system: System;
let other: Awaited<ReturnType<typeof installRecordingLedger>>;
let user: User;
let users = 0;
let quote: { approve: bigint; refundIfFailed: bigint };

// Faults are localnet's own.
describe.skipIf(inject('replicaIsReal'))('what a ledger no longer recognises is looked up:', () => {
  beforeAll(async () => {
    system = await openSystem(inject('replicaUrl'));
    other = await installRecordingLedger(system.pic);
    accepted(await system.gateway.registerLedger('other', other.id));
    accepted(await system.gateway.setConfigValue('token.fee.other', { Nat: 500_000n }));
    await settle(system, 60);
    quote = accepted(await system.gateway.quote('token', []));
  });

  afterAll(async () => {
    await system.pic.tearDown();
  });

  beforeEach(async () => {
    users += 1;
    const means = { funds: 2n * quote.approve, approved: 2n * quote.approve };
    user = await newUser(system, `user ${users}`, means);
  });

  afterEach(async () => {
    await heal();
    await untilQuiet(system);
    expect(await readBooks(system)).toMatchObject(BALANCED);
  });

  it('a charge that was carried out is paid back', async () => {
    await fault({ method: 'icrc2_transfer_from', action: CARRIED_OUT, times: 'all' });
    await order();
    expect(await user.balance()).toBe(quote.approve);
    await pass(DAY + 3600);
    await heal();
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refunded');
    expect(await user.balance()).toBe(quote.approve + quote.refundIfFailed);
  });

  it('a charge that was not carried out ends the order, and nobody was charged', async () => {
    await fault({ method: 'icrc2_transfer_from', action: NOT_CARRIED_OUT, times: 'all' });
    await order();
    await pass(DAY + 3600);
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refused');
    expect(await user.balance()).toBe(2n * quote.approve);
  });

  it('a refund that was carried out is not paid again', async () => {
    await fault({ method: 'createContract', action: UNDELIVERED });
    await fault({ method: 'icrc1_transfer', action: CARRIED_OUT, times: 'all' });
    await order();
    await pass(DAY + 3600);
    await heal();
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refunded');
    expect(await user.balance()).toBe(quote.approve + quote.refundIfFailed);
  });

  it('a refund that was not carried out is paid', async () => {
    await fault({ method: 'createContract', action: UNDELIVERED });
    await fault({ method: 'icrc1_transfer', action: NOT_CARRIED_OUT, times: 'all' });
    await order();
    await pass(DAY + 3600);
    await heal();
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refunded');
    expect(await user.balance()).toBe(quote.approve + quote.refundIfFailed);
  });

  it('and the look-up goes on where it was, through lost answers, traps and an upgrade', async () => {
    await fault({ method: 'icrc2_transfer_from', action: CARRIED_OUT, times: 'all' });
    await order();
    const trap: FaultAction = { kind: 'trap-callback' };
    await fault({ method: 'icrc3_get_blocks', action: UNDELIVERED, skip: 1 });
    await fault({ method: 'icrc3_get_blocks', action: trap, skip: 2 });
    await fault({ method: 'icrc3_get_blocks', action: NOT_CARRIED_OUT, skip: 3, times: 2 });
    await pass(DAY + 3600);
    const { lookUp, state } = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(Object.keys(state)).toEqual(['Stuck']);
    expect(lookUp[0]?.pages).toBeGreaterThan(0);
    expect((await system.gateway.getSystemStatus()).alerts.join()).toContain('looked up: 1');
    await upgradeBuilt(system.pic, 'gateway', system.ids.gateway, ADMINISTRATOR);
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refunded');
  });

  it.each([
    ['carried out', CARRIED_OUT, 'Refunded'],
    ['not carried out', NOT_CARRIED_OUT, 'Refused'],
  ])('in archives of the ledger, a charge that was %s', async (_, action, end) => {
    await other.show('archive');
    await orderElsewhere(action);
    await untilQuiet(system);
    expect(await stateOf()).toBe(end);
  });

  it('in the index of a ledger without ICRC-3, a charge that was carried out', async () => {
    await other.show('index');
    await orderElsewhere(CARRIED_OUT);
    await settle(system, 3600);
    expect(await stateOf()).toBe('Stuck');
    await other.sync();
    await settle(system, 3600);
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refunded');
  });

  it('in an index, that nothing is there only once it has read what came after', async () => {
    await other.show('index');
    await orderElsewhere(NOT_CARRIED_OUT);
    await other.sync();
    await settle(system, 3600);
    await settle(system, 3600);
    expect(await stateOf()).toBe('Stuck');
    // Another user's charge is the block by which the gateway knows how far the index must have read.
    const another = await newUser(system, 'another');
    const { principal, gateway } = another;
    const ledger = [other.id] as [Principal];
    accepted(await gateway.createContract({ ...orderOf(tokenOrder(principal)), ledger }));
    await settle(system, 3600);
    expect(await stateOf()).toBe('Stuck');
    await other.sync();
    await settle(system, 3600);
    await untilQuiet(system);
    expect(await stateOf()).toBe('Refused');
  });

  it('and what a ledger does not show waits for an administrator, visibly', async () => {
    await other.show('nobody');
    await orderElsewhere(CARRIED_OUT);
    await settle(system, 3600);
    const { number, lookUp } = accepted(await user.gateway.getRequest(REQUEST, []));
    expect(lookUp[0]?.failure).toContain('neither ICRC-3 nor ICRC-106');
    expect((await system.gateway.getSystemStatus()).alerts.join()).toContain('stuck: 1');
    // The ledger learned it meanwhile.
    await other.show('archive');
    accepted(await system.gateway.resolveRequest(number, { Retry: null }));
    await system.pic.tick(40);
    expect(await stateOf()).toBe('Refunded');
  });
});

async function fault(request: FaultRequest): Promise<void> {
  const rule = { from: system.ids.gateway, ...request };
  await addFault(inject('replicaUrl'), instanceIdOf(system.pic), rule);
}

async function heal(): Promise<void> {
  await clearFaults(inject('replicaUrl'), instanceIdOf(system.pic));
}

/** Lets that many seconds pass at once. */
async function pass(seconds: number): Promise<void> {
  await settle(system, seconds);
  await system.pic.tick(40);
}

async function order(ledger: [] | [Principal] = []): Promise<void> {
  const request = { ...orderOf(tokenOrder(user.principal), { requestId: REQUEST }), ledger };
  await user.gateway.createContract(request);
}

/** Orders in the other ledger, which does not tell what became of the charge, and lets a day pass. */
async function orderElsewhere(action: FaultAction): Promise<void> {
  await fault({ method: 'icrc2_transfer_from', action, times: 'all' });
  await order([other.id]);
  await settle(system, DAY + 3600);
  await heal();
}

async function stateOf(): Promise<string> {
  const { state } = accepted(await user.gateway.getRequest(REQUEST, []));
  return Object.keys(state)[0]!;
}
