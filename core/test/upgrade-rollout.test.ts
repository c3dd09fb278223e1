import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  builtModule,
  refusalCode,
  type ActorFor,
} from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

import { makeCounter } from './fixtures/contracts.ts';
import { openFactory, type LoneFactory } from './fixtures/factory.ts';
import { motokoContract } from './fixtures/motoko-contracts.ts';
import { registerBytes } from './fixtures/versions.ts';

const FLEET = 6;
const owner = createIdentity('owner');
const order = {
  version: '1.1.0',
  canary: 1,
  waves: [50, 100],
  concurrency: 2,
  maxFailurePercent: 20,
  soakSeconds: 30,
  versions: [],
  statuses: [],
  optedInOnly: false,
  include: [],
  exclude: [],
};

let lone: LoneFactory;
let asOwner: ActorFor<typeof TokenFactory>;
let fleet: Awaited<ReturnType<typeof makeCounter>>[];

beforeEach(async () => {
  lone = await openFactory(inject('replicaUrl'));
  asOwner = actorFor(lone.pic, TokenFactory, lone.id);
  asOwner.setIdentity(owner);
  await registerBytes(lone, await motokoContract({ version: '1.0.0' }), '1.0.0');
  fleet = [];
  while (fleet.length < FLEET) fleet.push(await makeCounter(lone, owner.getPrincipal()));
  await registerBytes(lone, await motokoContract({ version: '1.1.0' }), '1.1.0');
  await registerBytes(lone, await motokoContract({ version: '1.2.9' }), '1.2.0');
}, 300_000);

afterEach(async () => {
  await lone.pic.tearDown();
});

async function pass(seconds: number, step = 5) {
  for (let at = 0; at < seconds; at += step) {
    await lone.pic.advanceTime(step * 1000);
    await lone.pic.tick(3);
  }
}

async function rolloutAfter(state: string, number = 0) {
  for (let round = 0; round < 60; round += 1) {
    await pass(10);
    const rollout = accepted(await lone.factory.getRollout(number));
    if (state in rollout.state && rollout.active === 0) return rollout;
  }
  throw new Error(`The rollout is never ${state}`);
}

const versions = async () =>
  Promise.all(
    fleet.map(async ({ id }) => accepted(await lone.factory.getContractInfo(id)).version),
  );

describe('a rollout', () => {
  it('brings the canary, then the waves, to the version, across an upgrade of the factory', async () => {
    accepted(await lone.factory.startRollout(order));
    await pass(10);
    const canary = accepted(await lone.factory.getRollout(0));
    expect(canary).toMatchObject({ state: { Running: null }, stage: 1, committed: 1 });
    expect(await versions()).toEqual(['1.1.0', ...Array<string>(5).fill('1.0.0')]);
    // In the middle of the first wave.
    await pass(30);
    await lone.pic.upgradeCanister({
      canisterId: lone.id,
      wasm: builtModule('token_factory').wasm.slice().buffer,
      sender: ADMINISTRATOR.getPrincipal(),
    });
    expect(await rolloutAfter('Completed')).toMatchObject({ committed: 6, restored: 0, failed: 0 });
    expect(await versions()).toEqual(Array<string>(6).fill('1.1.0'));
    for (const { actor } of fleet) expect(await actor.increment()).toBe(4n);
  });

  it('halts at a canary that fails, and leaves everybody as they were', async () => {
    accepted(await lone.factory.startRollout({ ...order, version: '1.2.0' }));
    expect(await rolloutAfter('Halted')).toMatchObject({ restored: 1, committed: 0, cursor: 1 });
    expect(await versions()).toEqual(Array<string>(6).fill('1.0.0'));
    for (const { actor } of fleet) expect(await actor.increment()).toBe(4n);
    expect(refusalCode(await lone.factory.startRollout(order))).toBe('factory.rollout_under_way');
    accepted(await lone.factory.abortRollout(0));
    accepted(await lone.factory.startRollout(order));
    expect(await rolloutAfter('Completed', 1)).toMatchObject({ committed: 6 });
  });

  it('reaches only whom it is meant for, and nobody whose owner pinned a version', async () => {
    const [first, second, third, fourth] = fleet;
    for (const { id } of [first!, second!, third!]) {
      accepted(await asOwner.setAutoUpgrade(id, true));
    }
    accepted(await asOwner.pinVersion(second!.id, ['1.0.0']));
    accepted(
      await lone.factory.startRollout({ ...order, optedInOnly: true, exclude: [third!.id] }),
    );
    expect(await rolloutAfter('Completed')).toMatchObject({ committed: 1, skipped: 5 });
    accepted(await lone.factory.startRollout({ ...order, include: [fourth!.id, first!.id] }));
    expect(await rolloutAfter('Completed', 1)).toMatchObject({
      committed: 1,
      skipped: 1,
      fleet: 2,
    });
    expect(await versions()).toEqual(['1.1.0', '1.0.0', '1.0.0', '1.1.0', '1.0.0', '1.0.0']);
  });

  it('can be paused, resumed and aborted by administrators only', async () => {
    expect(refusalCode(await asOwner.startRollout(order))).toBe('factory.not_an_administrator');
    accepted(await lone.factory.startRollout(order));
    expect(refusalCode(await asOwner.pauseRollout(0))).toBe('factory.not_an_administrator');
    accepted(await lone.factory.pauseRollout(0));
    expect(refusalCode(await lone.factory.pauseRollout(0))).toBe('factory.rollout_state');
    const paused = await rolloutAfter('Paused');
    await pass(60);
    expect(accepted(await lone.factory.getRollout(0))).toEqual(paused);
    accepted(await lone.factory.resumeRollout(0));
    expect((await rolloutAfter('Completed')).committed).toBe(6);
    expect(refusalCode(await lone.factory.abortRollout(0))).toBe('factory.rollout_state');
    expect(refusalCode(await lone.factory.getRollout(7))).toBe('factory.rollout_unknown');
    expect((await lone.factory.getRollouts([], [])).rollouts).toHaveLength(1);
  });
});
