import { encoder } from '@fabrica/core/candid';
import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  builtModule,
  canisterFacts,
  refusalCode,
  type ActorFor,
} from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { makeCounter, upgradeEnded } from './fixtures/contracts.ts';
import { openFactory, type LoneFactory } from './fixtures/factory.ts';
import { motokoContract } from './fixtures/motoko-contracts.ts';
import { registerBytes } from './fixtures/versions.ts';

const owner = createIdentity('owner');
const stranger = createIdentity('stranger');

let lone: LoneFactory;
let asOwner: ActorFor<typeof TokenFactory>;
let hashes: Record<string, Uint8Array>;

beforeAll(async () => {
  lone = await openFactory(inject('replicaUrl'));
  asOwner = actorFor(lone.pic, TokenFactory, lone.id);
  asOwner.setIdentity(owner);
  const versions = {
    '1.0.0': await motokoContract({ version: '1.0.0' }),
    '1.1.0': await motokoContract({ version: '1.1.0' }),
    '1.2.0': await motokoContract({ version: '1.2.0', refusesUpgrade: true }),
    '1.3.0': await motokoContract({ version: '1.3.1' }),
    '1.4.0': await motokoContract({ version: '1.4.0', trapsWhenAsked: true }),
  };
  hashes = {};
  for (const [version, wasm] of Object.entries(versions)) {
    hashes[version] = await registerBytes(lone, wasm, version);
    // Contracts are made of the first one.
    if (version !== '1.0.0') await describeVersion(version, { stable: [false] });
  }
}, 300_000);

afterAll(async () => {
  await lone.pic.tearDown();
});

async function describeVersion(version: string, change: object) {
  const unsaid = {
    stable: [],
    upgradableFrom: [],
    candidHash: [],
    compatibility: [],
    deprecated: [],
  };
  accepted(await lone.factory.updateVersion(version, { ...unsaid, ...change } as never));
}

/** What the platform, the factory and the contract say, which must agree. */
async function states(contract: Awaited<ReturnType<typeof makeCounter>>) {
  const facts = await canisterFacts(lone.pic, contract.id, owner.getPrincipal());
  const info = accepted(await lone.factory.getContractInfo(contract.id));
  return {
    agreed: Buffer.from(facts.moduleHash!).equals(Buffer.from(info.moduleHash)),
    recorded: info.version,
    // Answered only by a contract that runs.
    count: await contract.actor.increment(),
  };
}

describe('an upgrade', () => {
  let contract: Awaited<ReturnType<typeof makeCounter>>;

  beforeEach(async () => {
    contract = await makeCounter(lone, owner.getPrincipal());
  });

  it('brings a contract to the version its owner asks for, with its state', async () => {
    const begun = accepted(await asOwner.requestUpgrade([contract.id], ['1.1.0']));
    expect(begun.phase).toEqual({ Prepared: null });
    const ended = await upgradeEnded(lone, contract.id);
    expect(ended).toMatchObject({
      phase: 'Committed',
      reason: null,
      fromVersion: '1.0.0',
      toVersion: '1.1.0',
      initiator: { Owner: null },
    });
    expect(Uint8Array.from(ended.fromHash)).toEqual(hashes['1.0.0']);
    expect(Uint8Array.from(ended.foundHash[0]!)).toEqual(hashes['1.1.0']);
    expect(await states(contract)).toEqual({ agreed: true, recorded: '1.1.0', count: 4n });
    expect(await contract.actor.contractVersion()).toBe('1.1.0');
  });

  it('may be asked for by the contract itself', async () => {
    const argument = encoder(TokenFactory.methods.requestUpgrade.args)([null, '1.1.0']);
    await contract.actor.send(lone.id, 'requestUpgrade', argument);
    expect(await upgradeEnded(lone, contract.id)).toMatchObject({
      phase: 'Committed',
      initiator: { Contract: null },
    });
    expect(await states(contract)).toMatchObject({ agreed: true, recorded: '1.1.0' });
  });

  it.each([
    ['traps when it is installed', '1.2.0', 'factory.upgrade_install_failed'],
    ['says it is another version', '1.3.0', 'factory.upgrade_wrong_version'],
    ['traps when it is asked', '1.4.0', 'factory.upgrade_probe_failed'],
  ])('to a module that %s is taken back, and nothing is lost', async (_, version, reason) => {
    accepted(await asOwner.requestUpgrade([contract.id], [version]));
    expect(await upgradeEnded(lone, contract.id)).toMatchObject({ phase: 'Restored', reason });
    expect(await states(contract)).toEqual({ agreed: true, recorded: '1.0.0', count: 4n });
    const { upgrades } = accepted(await lone.factory.getUpgradeHistory([contract.id], [], []));
    expect(upgrades).toMatchObject([{ phase: { Restored: null }, toVersion: version }]);
  });

  it('goes on where it was when the factory is upgraded in the middle', async () => {
    const { wasm } = builtModule('token_factory');
    for (const version of ['1.2.0', '1.3.0', '1.1.0']) {
      accepted(await asOwner.requestUpgrade([contract.id], [version]));
      // Each time a few rounds further on.
      for (let rounds = 1; rounds <= 5; rounds += 2) {
        await lone.pic.tick(rounds);
        await lone.pic.upgradeCanister({
          canisterId: lone.id,
          wasm: wasm.slice().buffer,
          sender: ADMINISTRATOR.getPrincipal(),
        });
      }
      const { phase } = await upgradeEnded(lone, contract.id);
      expect(phase).toBe(version === '1.1.0' ? 'Committed' : 'Restored');
      expect(await states(contract)).toMatchObject({ agreed: true });
    }
    const { upgrades } = accepted(await lone.factory.getUpgradeHistory([contract.id], [], [2]));
    expect(upgrades.map(({ toVersion }) => toVersion)).toEqual(['1.1.0', '1.3.0']);
  });

  it('is refused to strangers, and beyond what the versions and the owner allow', async () => {
    const other = actorFor(lone.pic, TokenFactory, lone.id);
    other.setIdentity(stranger);
    const ask = async (actor: typeof other, version: string) =>
      refusalCode(await actor.requestUpgrade([contract.id], [version]));
    expect(await ask(other, '1.1.0')).toBe('factory.not_owner_or_contract');
    expect(await ask(lone.factory, '1.1.0')).toBe('factory.not_owner_or_contract');
    expect(refusalCode(await other.requestUpgrade([], []))).toBe('factory.unknown_contract');
    expect(refusalCode(await other.pinVersion(contract.id, []))).toBe('factory.not_the_owner');
    expect(refusalCode(await other.setAutoUpgrade(contract.id, true))).toBe(
      'factory.not_the_owner',
    );
    expect(await ask(asOwner, '1.0.0')).toBe('factory.not_newer');
    expect(await ask(asOwner, '7.0.0')).toBe('factory.version_unknown');
    expect(refusalCode(await asOwner.requestUpgrade([contract.id], []))).toBe('factory.up_to_date');
    await describeVersion('1.4.0', { upgradableFrom: ['>=1.1.0 <1.4.0'] });
    expect(await ask(asOwner, '1.4.0')).toBe('factory.not_upgradable_from');
    accepted(await asOwner.pinVersion(contract.id, ['1.0.0']));
    expect(await ask(asOwner, '1.1.0')).toBe('factory.pinned');
    accepted(await asOwner.pinVersion(contract.id, []));
    accepted(await asOwner.requestUpgrade([contract.id], ['1.1.0']));
    expect(await ask(asOwner, '1.3.0')).toBe('factory.upgrade_under_way');
    await upgradeEnded(lone, contract.id);
  });

  it('is given up when the owner has stopped the contract', async () => {
    await lone.pic.stopCanister({ canisterId: contract.id, sender: owner.getPrincipal() });
    accepted(await asOwner.requestUpgrade([contract.id], ['1.1.0']));
    expect(await upgradeEnded(lone, contract.id)).toMatchObject({
      phase: 'Failed',
      reason: 'factory.upgrade_not_running',
    });
  });

  it('marks the contract unmanaged when the factory has lost control of it', async () => {
    const sender = owner.getPrincipal();
    await lone.pic.updateCanisterSettings({
      canisterId: contract.id,
      controllers: [sender],
      sender,
    });
    accepted(await asOwner.requestUpgrade([contract.id], ['1.1.0']));
    expect(await upgradeEnded(lone, contract.id)).toMatchObject({
      phase: 'Failed',
      reason: 'factory.upgrade_not_controlled',
    });
    expect(accepted(await lone.factory.getContractInfo(contract.id)).managed).toBe(false);
    expect(refusalCode(await asOwner.requestUpgrade([contract.id], ['1.1.0']))).toBe(
      'factory.unmanaged',
    );
  });
});
