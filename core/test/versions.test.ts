import { createHash } from 'node:crypto';
import {
  accepted,
  builtModule,
  canisterFacts,
  refusalCode,
  registerModule,
  registrationOf,
  tokenOrder,
  uploadModule,
} from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { makeToken, openFactory, paymentOf, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner').getPrincipal();
const order = tokenOrder(owner);

let lone: LoneFactory;

beforeEach(async () => {
  lone = await openFactory(inject('replicaUrl'));
});

afterEach(async () => {
  await lone.pic.tearDown();
});

describe('versions', () => {
  it('are needed before anything is made', async () => {
    expect(refusalCode(await lone.factory.validateOrder(owner, order))).toBe('factory.no_version');
    expect(refusalCode(await lone.ordering.createContract(owner, order, paymentOf()))).toBe(
      'factory.no_version',
    );
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ healthy: false, contracts: 0 });
  });

  it('are refused if they are malformed, incomplete, or there already', async () => {
    const { wasm, hash } = builtModule('token');
    const module = await uploadModule(lone.factory, wasm, hash);
    const register = (change: Partial<ReturnType<typeof registrationOf>>) =>
      lone.factory.registerVersion({ ...registrationOf(module, '1.0.0'), ...change });
    const absent = createHash('sha256').update('absent').digest();

    expect(refusalCode(await register({ version: '1.0' }))).toBe('factory.version_invalid');
    expect(refusalCode(await register({ moduleHash: hash.subarray(1) }))).toBe(
      'factory.hash_invalid',
    );
    expect(refusalCode(await register({ chunks: [] }))).toBe('factory.chunk_missing');
    expect(refusalCode(await register({ chunks: [...module.chunks, absent] }))).toBe(
      'factory.chunk_missing',
    );
    expect(await lone.factory.getVersions([], [])).toEqual({ versions: [], next: [] });

    accepted(await register({}));
    expect(refusalCode(await register({}))).toBe('factory.version_exists');
    const { versions } = await lone.factory.getVersions([], []);
    expect(versions.map(({ version }) => version)).toEqual(['1.0.0']);
  });

  it('whose pieces do not make up the module of their hash make no contract', async () => {
    const module = await uploadModule(lone.factory, builtModule('token').wasm, new Uint8Array(32));
    accepted(await lone.factory.registerVersion(registrationOf(module, '1.0.0')));
    const payment = paymentOf();
    expect(refusalCode(await lone.ordering.createContract(owner, order, payment))).toBe(
      'factory.install_failed',
    );
    // The request is settled: asked again, it answers the same, and nothing of it can come later.
    expect(refusalCode(await lone.ordering.createContract(owner, order, payment))).toBe(
      'factory.install_failed',
    );
    expect(accepted(await lone.ordering.cancelDeployment(payment.requestId))).toEqual({
      Cancelled: null,
    });
    expect(await lone.factory.getFactoryHealth()).toMatchObject({
      contracts: 0,
      failed: 1,
      underWay: 0,
      spares: 1,
    });
  });

  it('that cannot be installed leave their canister to the next contract', async () => {
    const broken = new TextEncoder().encode('not a module');
    const hash = createHash('sha256').update(broken).digest();
    const module = await uploadModule(lone.factory, broken, hash);
    accepted(await lone.factory.registerVersion(registrationOf(module, '1.0.0')));
    expect(refusalCode(await lone.ordering.createContract(owner, order, paymentOf()))).toBe(
      'factory.install_failed',
    );
    await registerModule(lone.factory, 'token', '1.0.1');
    const { id, version } = await makeToken(lone, owner);
    expect(version).toBe('1.0.1');
    const facts = await canisterFacts(lone.pic, id, owner);
    expect(facts.moduleHash).toEqual(builtModule('token').hash);
    expect(await lone.factory.getFactoryHealth()).toMatchObject({ contracts: 1, spares: 0 });
  });

  it('are made from the highest that is stable, not from the last that was registered', async () => {
    const { wasm, hash } = builtModule('token');
    const module = await uploadModule(lone.factory, wasm, hash);
    for (const [version, stable] of [
      ['1.10.0', true],
      ['2.0.0', false],
      ['1.9.0', true],
    ] as const) {
      accepted(await lone.factory.registerVersion(registrationOf(module, version, stable)));
    }
    const [newest] = (await lone.factory.getVersions([], [2])).next;
    const page = await lone.factory.getVersions([newest!], [2]);
    expect(page).toMatchObject({ versions: [{ version: '1.10.0' }], next: [] });
    expect((await makeToken(lone, owner)).version).toBe('1.10.0');
    expect((await lone.factory.getFactoryHealth()).latestVersion).toEqual(['1.10.0']);
  });
});
