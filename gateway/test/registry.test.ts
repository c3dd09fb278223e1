import {
  accepted,
  actorFor,
  installRelay,
  newUser,
  openSystem,
  orderOf,
  refusalCode,
  requestIdOf,
  settle,
  tokenOrder,
  type Relay,
  type System,
  type User,
} from '@fabrica/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { GatewayService } from '../src/index.ts';

const ROLES = ['creator', 'signer'];
const NO_FILTER: [] = [];

let system: System;
let factory: Relay;
let stranger: Relay;
let user: User;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  factory = await installRelay(system.pic);
  stranger = await installRelay(system.pic);
  accepted(await system.gateway.registerFactory('wallets', factory.id));
  const { approve } = accepted(await system.gateway.quote('token', []));
  user = await newUser(system, 'alice', { funds: approve, approved: approve });
  const requestId = requestIdOf('a token');
  const order = orderOf(tokenOrder(user.principal), { requestId });
  accepted(await user.gateway.createContract(order));
  await settle(system);
});

afterAll(async () => {
  await system.pic.tearDown();
});

function reportOf(changes: object = {}) {
  const report = { contract: stranger.id, user: user.principal, before: 0, roles: 1 };
  return { ...report, name: 'Treasury', since: 1_780_000_000_000_000_000n, ...changes };
}

describe('relationships', () => {
  it('are taken from registered factories, in order, and shown to whom they are about', async () => {
    const gateway = factory.to(GatewayService, system.ids.gateway);
    expect(accepted(await gateway.reportRelationships(0n, ROLES, [reportOf()]))).toBe(1n);
    expect(accepted(await gateway.reportRelationships(0n, ROLES, [reportOf()]))).toBe(1n);
    expect(refusalCode(await gateway.reportRelationships(2n, ROLES, [reportOf()]))).toBe(
      'gateway.sequence_gap',
    );
    expect(accepted(await system.gateway.getNextReport(factory.id))).toBe(1n);
    const page = accepted(await user.gateway.getRelatedCanisters([], NO_FILTER, [], 50));
    const mine = page.contracts.filter((one) => one.factory === 'wallets');
    expect(mine.map(({ contract, name, roles }) => [contract.toText(), name, roles])).toEqual([
      [stranger.id.toText(), 'Treasury', 1],
    ]);
    expect(page.factories).toContainEqual({ factory: 'wallets', roles: ROLES });
  });

  it('peer 10: are refused from a canister that is no factory, and from users', async () => {
    const gateway = stranger.to(GatewayService, system.ids.gateway);
    expect(refusalCode(await gateway.reportRelationships(0n, ROLES, [reportOf()]))).toBe(
      'gateway.not_a_factory',
    );
    await expect(user.gateway.reportRelationships(0n, ROLES, [reportOf()])).rejects.toThrow();
  });

  it("peer 10: are refused about a contract that this gateway's order had another factory make", async () => {
    const [request] = accepted(await user.gateway.getMyRequests([], 1)).requests;
    const gateway = factory.to(GatewayService, system.ids.gateway);
    const next = accepted(await system.gateway.getNextReport(factory.id));
    const claim = reportOf({ contract: request!.contract[0]! });
    expect(refusalCode(await gateway.reportRelationships(next, ROLES, [claim]))).toBe(
      'gateway.not_its_contract',
    );
  });

  it('peer 9: are read by whom they are about and by administrators only', async () => {
    const other = await newUser(system, 'mallory');
    const whose: [typeof user.principal] = [user.principal];
    expect(refusalCode(await other.gateway.getRelatedCanisters(whose, NO_FILTER, [], 50))).toBe(
      'gateway.not_yours',
    );
    expect(refusalCode(await other.gateway.getDashboard(whose))).toBe('gateway.not_yours');
    accepted(await system.gateway.getDashboard(whose));
  });

  it('stand on the dashboard beside profile and requests, in one call', async () => {
    const dashboard = accepted(await user.gateway.getDashboard([]));
    expect(dashboard.profile).toMatchObject({ orders: 1, deployed: 1 });
    expect(dashboard.requests.map(({ state }) => state)).toEqual([{ Deployed: null }]);
    expect(dashboard.related.contracts.map(({ factory }) => factory)).toContain('wallets');
  });
});

describe('the system shows or takes', () => {
  it('how its factories were when they last said so', async () => {
    await settle(system, 301);
    await settle(system, 10);
    const pulses = await system.gateway.getFactoryHealth();
    const token = pulses.find(({ factory }) => factory === 'token');
    expect(token).toMatchObject({ healthy: true, enabled: true, failure: '', silentSeconds: [] });
    expect(token!.health[0]).toMatchObject({ id: 'token', contracts: 1 });
    // The relay has no such method.
    const wallets = pulses.find(({ factory }) => factory === 'wallets');
    expect(wallets).toMatchObject({ healthy: false, health: [] });
    expect(wallets!.failure).not.toBe('');
  });

  it('what is set up, and what is missing', async () => {
    const parts = await system.gateway.getMicroserviceSetupStatus();
    const missing = parts.filter(({ ready }) => !ready).map(({ name }) => name);
    expect(missing).toEqual(['administrators', 'factory wallets']);
    const wallets = parts.find(({ name }) => name === 'factory wallets');
    expect(wallets!.missing).toContain('wallets.fee');
  });

  it('metrics to scrapers and a page to people', async () => {
    const site = actorFor(system.pic, GatewayService, system.ids.gateway);
    const get = async (url: string) => {
      const request = { method: 'GET', url, headers: [], body: new Uint8Array() };
      const answer = await site.http_request({ ...request, certificate_version: [] });
      const text = new TextDecoder().decode(Uint8Array.from(answer.body));
      return { status: answer.status_code, text };
    };
    const metrics = await get('/metrics');
    expect(metrics.text).toContain('fabrica_gateway_orders{state="Deployed"} 1');
    expect(metrics.text).toContain('fabrica_gateway_factory_healthy{factory="token"} 1');
    expect(metrics.text).toContain('fabrica_gateway_ledgers_insolvent 0');
    expect((await get('/')).text).toContain('<title>Gateway</title>');
    expect((await get('/nowhere')).status).toBe(404);
  });

  it('more than so many calls a minute from nobody', async () => {
    const hasty = await newUser(system, 'hasty');
    accepted(await system.gateway.setConfigValue('max_calls_per_minute', { Nat: 2n }));
    const ask = async () =>
      refusalCode(await hasty.gateway.createContract(orderOf(new Uint8Array())));
    const codes = [await ask(), await ask(), await ask()];
    accepted(await system.gateway.setConfigValue('max_calls_per_minute', { Nat: 60n }));
    expect(codes).toContain('gateway.too_many_calls');
  });
});
