import { addFault, clearFaults, instanceIdOf } from '@fabrica/localnet';
import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  configChange,
  newUser,
  openSystem,
  orderOf,
  requestIdOf,
  settle,
  tokenOrder,
  transferOf,
  upgradeBuilt,
  type System,
  type User,
} from '@fabrica/testing';
import { TokenContract } from '@fabrica/token';
import type { Principal } from '@dfinity/principal';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

const url = inject('replicaUrl');

let system: System;
let alice: User;
let bob: User;
let made = 0;

beforeAll(async () => {
  system = await openSystem(url);
  const { approve } = accepted(await system.gateway.quote('token', []));
  const means = { funds: 10n * approve, approved: 10n * approve };
  alice = await newUser(system, 'alice', means);
  bob = await newUser(system, 'bob', {});
});

afterEach(async () => {
  await clearFaults(url, instanceIdOf(system.pic));
});

afterAll(async () => {
  await system.pic.tearDown();
});

/** Alice orders a token, all of which is hers. */
async function orderToken(): Promise<Principal> {
  made += 1;
  const order = orderOf(tokenOrder(alice.principal, { name: `Token ${made}` }), {
    requestId: requestIdOf(`token ${made}`),
  });
  return accepted(await alice.gateway.createContract(order)).contract;
}

async function send(token: Principal, to: User): Promise<void> {
  const actor = actorFor(system.pic, TokenContract, token);
  actor.setIdentity(alice.identity);
  expect(await actor.icrc1_transfer(transferOf(to.principal, 5n))).toHaveProperty('Ok');
}

/** The names of the roles that the gateway knows a user by in a contract, as the user sees it. */
async function rolesOf(user: User, contract: Principal): Promise<string[][]> {
  const page = accepted(await user.gateway.getRelatedCanisters([], [], [], 50));
  const names = page.factories.find(({ factory }) => factory === 'token')?.roles ?? [];
  return page.contracts
    .filter((row) => row.contract.toText() === contract.toText())
    .map(({ roles }) => names.filter((_, bit) => (roles >> bit) & 1));
}

/** Waits for the contract's outbox, and for the factory's. */
async function reported(seconds = 30): Promise<void> {
  await settle(system, 5);
  await settle(system, seconds);
  await settle(system, 5);
}

const waiting = async () => (await system.tokenFactory.getFactoryHealth()).relationships.waiting;
const failing = (kind: 'reject' | 'lose-answer' | 'trap-callback') =>
  addFault(url, instanceIdOf(system.pic), {
    from: system.ids.tokenFactory,
    method: 'reportRelationships',
    action: kind === 'reject' ? { kind, code: 2, message: 'not now' } : { kind },
  });

describe('who has to do with a contract', () => {
  it('is known to the gateway after a paid order, and after each change', async () => {
    const token = await orderToken();
    await reported();
    expect(await rolesOf(alice, token)).toEqual([['creator', 'holder']]);
    expect(await rolesOf(bob, token)).toEqual([]);
    await send(token, bob);
    await reported();
    expect(await rolesOf(bob, token)).toEqual([['holder']]);
    expect(await waiting()).toBe(0);
  });

  it.skipIf(inject('replicaIsReal')).each(['reject', 'lose-answer', 'trap-callback'] as const)(
    'is known in the end when reports get lost: %s',
    async (kind) => {
      // A worker whose message was cut short is found within half an hour.
      const seconds = kind === 'trap-callback' ? 1900 : 30;
      const token = await orderToken();
      await failing(kind);
      await reported(seconds);
      expect(await rolesOf(alice, token)).toEqual([['creator', 'holder']]);
      await failing(kind);
      await send(token, bob);
      await reported(seconds);
      expect(await rolesOf(bob, token)).toEqual([['holder']]);
    },
  );

  it('is not lost by an outage of the gateway, nor by an upgrade of the factory meanwhile', async () => {
    const token = await orderToken();
    await reported();
    const gateway = { canisterId: system.ids.gateway, sender: ADMINISTRATOR.getPrincipal() };
    await system.pic.stopCanister(gateway);
    await send(token, bob);
    await reported();
    await upgradeBuilt(system.pic, 'token_factory', system.ids.tokenFactory, ADMINISTRATOR);
    await system.pic.startCanister(gateway);
    await reported(120);
    expect(await rolesOf(bob, token)).toEqual([['holder']]);
    expect(await rolesOf(alice, token)).toEqual([['creator', 'holder']]);
  });

  it('is told of all contracts again once it is told at all', async () => {
    const configure = async (reportRelationships: boolean) =>
      accepted(
        await system.tokenFactory.updateFactoryConfig(configChange({ reportRelationships })),
      );
    await configure(false);
    const token = await orderToken();
    await reported();
    expect(await rolesOf(alice, token)).toEqual([]);
    await configure(true);
    await reported();
    expect(await rolesOf(alice, token)).toEqual([['creator', 'holder']]);
    const rows = accepted(await alice.gateway.getRelatedCanisters([], [], [], 50)).contracts;
    expect(new Set(rows.map(({ contract }) => contract.toText())).size).toBe(rows.length);
  });

  it('is not told to a gateway that is no longer one', async () => {
    const { gateways, administrators } = await system.tokenFactory.getWhitelist();
    accepted(await system.tokenFactory.setupWhitelist({ gateways: [], administrators }));
    await reported();
    accepted(await system.tokenFactory.setupWhitelist({ gateways, administrators }));
    const token = await orderToken();
    await reported();
    expect(await rolesOf(alice, token)).toEqual([['creator', 'holder']]);
  });
});
