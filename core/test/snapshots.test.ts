import type { Principal } from '@dfinity/principal';
import { contractInit } from '@fabrica/core';
import { decoder, encoder, type ActorOf } from '@fabrica/core/candid';
import {
  accepted,
  actorFor,
  builtModule,
  refusalCode,
  relayAt,
  relayModule,
  tokenOrder,
} from '@fabrica/testing';
import { tokenFactory, TokenContract, TokenFactory, TokenInit } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeToken, openFactory, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';
import { registerBytes } from './fixtures/versions.ts';

const owner = createIdentity('owner');
const friend = createIdentity('friend').getPrincipal();

describe('a contract that tells its factory everything anew', () => {
  let lone: LoneFactory;
  let contract: Principal;
  let asContract: ActorOf<typeof TokenFactory>;
  const report = { epoch: 5n, first: 0n, dropped: 0, waitingSince: 0n, events: [] };
  const snapshot = { status: 'paused', isPublic: false, autoUpdate: true, roles: true };

  beforeAll(async () => {
    lone = await openFactory(inject('replicaUrl'));
    // Contracts of this factory run the relay, so that they report whatever the test wants them to.
    await registerBytes(lone, await relayModule(), '0.1.0');
    contract = (await makeToken(lone, owner.getPrincipal())).id;
    asContract = relayAt(lone.pic, contract).to(TokenFactory, lone.id);
  });

  afterAll(async () => {
    await lone.pic.tearDown();
  });

  it('is asked for a snapshot once it begins a new life, until it sends one', async () => {
    const holder = { RoleAdded: { role: 'holder', user: friend } };
    const first = { ...report, events: [{ DeploymentComplete: null }, holder] };
    expect(accepted(await asContract.reportEvents(first))).toEqual({
      next: 2n,
      snapshotWanted: false,
    });
    const reborn = { ...report, epoch: 6n, events: [{ DeploymentComplete: null }] };
    expect(accepted(await asContract.reportEvents(reborn))).toEqual({
      next: 1n,
      snapshotWanted: true,
    });
    expect(refusalCode(await asContract.reportEvents(first))).toBe('factory.epoch_passed');
    expect(await held()).toBe(true);
  });

  it('is known from then on as its snapshot says', async () => {
    const user = owner.getPrincipal();
    const events = [
      { SnapshotBegun: snapshot },
      { RoleAdded: { role: 'holder', user } },
      { SnapshotEnded: null },
      { StatusChanged: 'active' },
    ];
    const answer = await asContract.reportEvents({ ...report, epoch: 6n, first: 1n, events });
    // What comes after the snapshot waits until the lists agree with it.
    expect(accepted(answer)).toEqual({ next: 4n, snapshotWanted: false });
    const { status, isPublic } = accepted(await lone.factory.getContractInfo(contract));
    expect([status, isPublic]).toEqual(['paused', false]);
    expect(await held()).toBe(false);
    expect(accepted(await lone.factory.getUpgrade(contract)).choice.autoUpgrade).toBe(true);
    const rest = { ...report, epoch: 6n, first: 4n, events: events.slice(3) };
    expect(accepted(await asContract.reportEvents(rest)).next).toBe(5n);
  });

  it('may tell of no event that its domain does not have', async () => {
    const emitted = { Emitted: { name: 'party', payload: new Uint8Array() } };
    const answer = await asContract.reportEvents({
      ...report,
      epoch: 6n,
      first: 5n,
      events: [emitted],
    });
    expect(refusalCode(answer)).toBe('factory.unknown_event');
    expect(accepted(await lone.factory.getContractEvents(contract, [], []))).toEqual({
      events: [],
      total: 0,
      next: [],
    });
  });

  it('must number its life', async () => {
    expect(refusalCode(await asContract.reportEvents({ ...report, epoch: 0n }))).toBe(
      'factory.epoch_invalid',
    );
  });

  async function held(): Promise<boolean> {
    const { contracts } = await lone.factory.getMyContracts(friend, []);
    return contracts.length > 0;
  }
});

describe('a compiled contract', () => {
  let lone: LoneFactory;
  let contract: Principal;

  beforeAll(async () => {
    lone = await openTokenFactory(inject('replicaUrl'));
    contract = (await makeToken(lone, owner.getPrincipal())).id;
  });

  afterAll(async () => {
    await lone.pic.tearDown();
  });

  const asOwner = () => {
    const actor = actorFor(lone.pic, TokenContract, contract);
    actor.setIdentity(owner);
    return actor;
  };

  it('that its owner reinstalled is known as it now is', async () => {
    accepted(await asOwner().setVisibility(false));
    await settled(false);
    const decoded = decoder([TokenInit])(tokenOrder(owner.getPrincipal()));
    if (!decoded.ok) throw new Error(decoded.reason);
    const init = {
      factory: lone.id.toUint8Array(),
      owner: owner.getPrincipal().toUint8Array(),
      order: decoded.values[0],
    };
    const arg = encoder([contractInit(tokenFactory)])([init]);
    await lone.pic.reinstallCode({
      canisterId: contract,
      wasm: builtModule('token').wasm.slice().buffer,
      arg: arg.slice().buffer,
      sender: owner.getPrincipal(),
    });
    await settled(true);
  });

  it('tells everything anew at its owner’s word, and at nobody else’s', async () => {
    const stranger = actorFor(lone.pic, TokenContract, contract);
    stranger.setIdentity(createIdentity('stranger'));
    expect(refusalCode(await stranger.resync())).toBe('contract.not_the_owner');
    accepted(await asOwner().resync());
    accepted(await asOwner().setVisibility(false));
    await settled(false);
    expect((await asOwner().contractHealth()).eventsWaiting).toBe(0);
  });

  /** Waits until the factory lists the contract, or does not. */
  async function settled(isPublic: boolean): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      await lone.pic.advanceTime(5_000);
      await lone.pic.tick(3);
      if (accepted(await lone.factory.getContractInfo(contract)).isPublic === isPublic) return;
    }
    throw new Error(`The factory does not learn that the contract is ${String(isPublic)}`);
  }
});
