import { accepted, actorFor, ADMINISTRATOR, refusalCode, upgradeBuilt } from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner').getPrincipal();

let lone: LoneFactory;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
  await makeToken(lone, owner, 'One');
  await makeToken(lone, owner, 'Two');
  await rest();
});

afterAll(async () => {
  await lone.pic.tearDown();
});

describe('the health of a factory', () => {
  it('counts contracts by status and by version', async () => {
    const health = await lone.factory.getFactoryHealth();
    expect(health.byStatus).toContainEqual({ name: 'active', contracts: 2 });
    expect(health.byVersion).toEqual([{ name: '0.1.0', contracts: 2 }]);
    expect(health).toMatchObject({ contracts: 2, refreshesWaiting: 0, snapshotsWaiting: 0 });
    expect(health.upgrades).toEqual({ underWay: 0, committed: 0, restored: 0, failed: 0 });
    expect(health.reports).toMatchObject({ dropped: 0n, reborn: 0, snapshots: 0 });
  });

  it('tells how long the cycles last', async () => {
    const [seconds] = (await lone.factory.getFactoryHealth()).freezesIn;
    expect(seconds).toBeGreaterThan(86_400n * 365n);
  });

  it('is told to scrapers and to people', async () => {
    const read = async (url: string) => {
      const request = { method: 'GET', url, headers: [], body: [], certificate_version: [] };
      const { body } = await lone.factory.http_request(request as never);
      return new TextDecoder().decode(Uint8Array.from(body));
    };
    const metrics = await read('/metrics');
    expect(metrics).toContain(
      'fabrica_factory_contracts_by_version{factory="token",version="0.1.0"} 2',
    );
    expect(metrics).toMatch(/^fabrica_factory_index_drift\{factory="token"\} 0$/m);
    expect(metrics).toMatch(/^fabrica_factory_freezes_in_seconds\{factory="token"\} \d+$/m);
    expect(await read('/')).toContain('<td>Contracts that have a status. active</td><td>2</td>');
  });
});

describe('the check of lists and sets', () => {
  it('runs when an administrator asks, and finds nothing in a sound factory', async () => {
    accepted(await lone.factory.checkIndexes());
    await rest();
    const [check] = (await lone.factory.getFactoryHealth()).indexes;
    expect(check).toMatchObject({ contracts: 2, repairs: false, sets: 0, rows: 0, surplus: 0 });
    expect(check!.finishedAt).toHaveLength(1);
  });

  it('runs after an upgrade of the factory', async () => {
    const before = (await lone.factory.getFactoryHealth()).indexes[0]!.startedAt;
    await upgradeBuilt(lone.pic, 'token_factory', lone.id, ADMINISTRATOR);
    await rest();
    const [check] = (await lone.factory.getFactoryHealth()).indexes;
    expect(check!.startedAt).toBeGreaterThan(before);
    expect(check).toMatchObject({ contracts: 2, sets: 0, rows: 0, surplus: 0 });
    expect(check!.finishedAt).toHaveLength(1);
  });

  it('repairs when told to, and is written down', async () => {
    accepted(await lone.factory.repairIndexes());
    await rest();
    expect((await lone.factory.getFactoryHealth()).indexes[0]).toMatchObject({ repairs: true });
    const { entries } = await lone.factory.getAdministrationLog([], [2]);
    expect(entries.map(({ method }) => method)).toEqual(['repairIndexes', 'checkIndexes']);
  });

  it('is for operators and administrators', async () => {
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setIdentity(createIdentity('stranger'));
    expect(refusalCode(await actor.checkIndexes())).toBe('factory.not_an_administrator');
    expect(refusalCode(await actor.repairIndexes())).toBe('factory.not_an_administrator');
  });
});

async function rest(): Promise<void> {
  await lone.pic.advanceTime(10_000);
  await lone.pic.tick(10);
}
