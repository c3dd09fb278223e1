import { createHash } from 'node:crypto';
import type { Principal } from '@dfinity/principal';
import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  installRelay,
  refusalCode,
  registrationOf,
  relayAt,
  relayModule,
  tokenOrder,
  uploadModule,
} from '@fabrica/testing';
import type { ActorOf } from '@fabrica/core/candid';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { openFactory, paymentOf, type LoneFactory } from './fixtures/factory.ts';

type Factory = ActorOf<typeof TokenFactory>;

const owner = createIdentity('owner').getPrincipal();
const friend = createIdentity('friend').getPrincipal();

let lone: LoneFactory;
let contract: Principal;
/** The factory as that contract reaches it. */
let asContract: Factory;

beforeAll(async () => {
  lone = await openFactory(inject('replicaUrl'));
  // Contracts of this factory run the relay, so that they report whatever the test wants them to.
  const relay = await relayModule();
  const hash = createHash('sha256').update(relay).digest();
  const module = await uploadModule(lone.factory, relay, hash);
  accepted(await lone.factory.registerVersion(registrationOf(module, '0.1.0')));
});

afterAll(async () => {
  await lone.pic.tearDown();
});

beforeEach(async () => {
  contract = await makeContract();
  asContract = relayAt(lone.pic, contract).to(TokenFactory, lone.id);
});

describe('a callback is refused', () => {
  it('from a canister that is no contract of the factory', async () => {
    const stranger = await installRelay(lone.pic);
    const asStranger = stranger.to(TokenFactory, lone.id);
    for (const about of [stranger.id, contract]) {
      const answers = await allCallbacks(asStranger, about);
      expect(answers.map(refusalCode)).toEqual(answers.map(() => 'factory.unknown_contract'));
    }
    await expectUntouched(contract);
  });

  it('from a contract about another contract', async () => {
    const other = await makeContract();
    const answers = await allCallbacks(asContract, other);
    expect(answers.slice(1).map(refusalCode)).toEqual(
      answers.slice(1).map(() => 'factory.not_the_contract'),
    );
    // `notifyEvents` names no contract: it is about its caller, whatever the caller likes.
    await expectUntouched(other);
  });

  it.each([
    ['the administrator', ADMINISTRATOR.getPrincipal()],
    ['the owner', owner],
  ])('from %s, who is not a canister', async (_, caller) => {
    const actor = actorFor(lone.pic, TokenFactory, lone.id);
    actor.setPrincipal(caller);
    await expect(actor.notifyStatusChanged(contract, 'paused', 0n)).rejects.toThrow();
    await expect(actor.notifyEvents(0n, [{ StatusChanged: 'paused' }])).rejects.toThrow();
    await expectUntouched(contract);
  });

  it('with a status or a role that the factory does not know', async () => {
    expect(refusalCode(await asContract.notifyStatusChanged(contract, 'drunk', 0n))).toBe(
      'factory.unknown_status',
    );
    const king = { RoleAdded: { role: 'king', user: friend } };
    expect(refusalCode(await asContract.notifyEvents(0n, [king]))).toBe('factory.unknown_role');
    await expectUntouched(contract);
  });

  it('out of its order', async () => {
    expect(refusalCode(await asContract.notifyStatusChanged(contract, 'paused', 1n))).toBe(
      'factory.sequence_gap',
    );
    await expectUntouched(contract);
  });
});

describe('a callback of a contract about itself', () => {
  it('changes what the factory lists of it', async () => {
    accepted(await asContract.notifyDeploymentComplete(contract, 0n));
    accepted(await asContract.notifyStatusChanged(contract, 'paused', 1n));
    accepted(await asContract.notifyVisibilityChanged(contract, false, 2n));
    accepted(await asContract.notifyHolderAdded(contract, friend, 3n));
    const { status, isPublic } = accepted(await lone.factory.getContractInfo(contract));
    expect([status, isPublic]).toEqual(['paused', false]);
    expect(await publicIds()).not.toContain(contract.toText());
    const row = (await mine(friend)).find(({ id }) => id === contract.toText());
    expect(row).toEqual({ id: contract.toText(), roles: ['holder'], status: 'paused' });

    accepted(await asContract.notifyHolderRemoved(contract, friend, 4n));
    accepted(await asContract.notifyVisibilityChanged(contract, true, 5n));
    expect((await mine(friend)).map(({ id }) => id)).not.toContain(contract.toText());
    expect(await publicIds()).toContain(contract.toText());
  });

  it('is taken once, however often it is sent', async () => {
    const { callbacks } = await lone.factory.getFactoryHealth();
    const events = [{ StatusChanged: 'paused' }, { StatusChanged: 'active' }];
    expect(accepted(await asContract.notifyEvents(0n, events))).toBe(2n);
    expect(accepted(await asContract.notifyEvents(0n, events))).toBe(2n);
    expect(
      accepted(
        await asContract.notifyEvents(1n, [...events.slice(1), { StatusChanged: 'closed' }]),
      ),
    ).toBe(3n);
    accepted(await asContract.notifyStatusChanged(contract, 'paused', 0n));
    expect(accepted(await lone.factory.getContractInfo(contract)).status).toBe('closed');
    expect((await lone.factory.getFactoryHealth()).callbacks).toBe(callbacks + 3n);
  });
});

/** Every callback there is, as `sender` sends it about `about`; the first names no contract. */
async function allCallbacks(sender: Factory, about: Principal) {
  return [
    await sender.notifyEvents(0n, [{ StatusChanged: 'active' }]),
    await sender.notifyDeploymentComplete(about, 0n),
    await sender.notifyStatusChanged(about, 'closed', 0n),
    await sender.notifyVisibilityChanged(about, false, 0n),
    await sender.notifyHolderAdded(about, friend, 0n),
    await sender.notifyHolderRemoved(about, owner, 0n),
  ];
}

async function makeContract(): Promise<Principal> {
  const made = await lone.ordering.createContract(owner, tokenOrder(owner), paymentOf());
  return accepted(made).id;
}

async function expectUntouched(id: Principal): Promise<void> {
  const { status, isPublic } = accepted(await lone.factory.getContractInfo(id));
  expect([status, isPublic]).toEqual(['active', true]);
  const row = (await mine(owner)).find((known) => known.id === id.toText());
  expect(row?.roles).toEqual(['creator', 'holder']);
  expect((await mine(friend)).map((known) => known.id)).not.toContain(id.toText());
}

async function mine(user: Principal) {
  const { contracts } = await lone.factory.getMyContracts(user, []);
  return contracts.map(({ contract: { id, status }, roles }) => ({
    id: id.toText(),
    roles: [...roles].sort(),
    status,
  }));
}

async function publicIds(): Promise<string[]> {
  const { contracts } = await lone.factory.getPublicContracts([]);
  return contracts.map(({ id }) => id.toText());
}
