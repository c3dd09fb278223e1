import { addFault, clearFaults, instanceIdOf } from '@fabrica/localnet';
import { accepted, actorFor, canisterFacts, refusalCode } from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import type { Identity } from '@dfinity/agent';
import { createIdentity } from '@hadronous/pic';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';

const owner = createIdentity('owner');
const heir = createIdentity('heir');
const url = inject('replicaUrl');

let lone: LoneFactory;

beforeAll(async () => {
  lone = await openTokenFactory(url);
});

afterEach(async () => {
  await clearFaults(url, instanceIdOf(lone.pic));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

function as(identity: Identity) {
  const actor = actorFor(lone.pic, TokenFactory, lone.id);
  actor.setIdentity(identity);
  return actor;
}

async function offered() {
  const { id } = await makeToken(lone, owner.getPrincipal());
  accepted(await as(owner).offerOwnership(id, [heir.getPrincipal()]));
  return id;
}

const spoil = (kind: 'lose-answer' | 'trap-callback') =>
  addFault(url, instanceIdOf(lone.pic), {
    from: lone.id,
    method: 'update_settings',
    action: { kind },
  });

describe.skipIf(inject('replicaIsReal'))('a change of controllers that a call is lost from', () => {
  it('is looked up when the answer is lost', async () => {
    const id = await offered();
    await spoil('lose-answer');
    accepted(await as(heir).acceptOwnership(id));
    const info = accepted(await lone.factory.getContractInfo(id));
    expect(info.owner.toText()).toBe(heir.getPrincipal().toText());
  });

  it('is finished by the factory when its message was cut short', async () => {
    const id = await offered();
    await spoil('trap-callback');
    await expect(as(heir).acceptOwnership(id)).rejects.toThrow();
    // Until then nobody may do anything else with it.
    expect(refusalCode(await as(owner).releaseFromFactory(id))).toBe('factory.handover_under_way');
    expect(refusalCode(await as(owner).requestUpgrade([id], []))).toBe(
      'factory.handover_under_way',
    );
    await lone.pic.advanceTime(61_000);
    await lone.pic.tick(5);
    const info = accepted(await lone.factory.getContractInfo(id));
    expect(info.owner.toText()).toBe(heir.getPrincipal().toText());
  });

  it('is finished as a release, too', async () => {
    const { id } = await makeToken(lone, owner.getPrincipal());
    await spoil('trap-callback');
    await expect(as(owner).releaseFromFactory(id)).rejects.toThrow();
    await lone.pic.advanceTime(61_000);
    await lone.pic.tick(5);
    expect(accepted(await lone.factory.getContractInfo(id)).managed).toBe(false);
    const { controllers } = await canisterFacts(lone.pic, id, owner.getPrincipal());
    expect(controllers.map((principal) => principal.toText())).toEqual([
      owner.getPrincipal().toText(),
    ]);
  });

  it('leaves the offer as it was when the platform refuses', async () => {
    const id = await offered();
    await addFault(url, instanceIdOf(lone.pic), {
      from: lone.id,
      method: 'update_settings',
      action: { kind: 'reject', code: 5, message: 'no' },
    });
    expect(refusalCode(await as(heir).acceptOwnership(id))).toBe('factory.platform_failed');
    accepted(await as(heir).acceptOwnership(id));
  });
});
