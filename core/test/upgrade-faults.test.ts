import { encoder } from '@fabrica/core/candid';
import { addFault, clearFaults, faults, instanceIdOf } from '@fabrica/localnet';
import { accepted, actorFor, canisterFacts, type ActorFor } from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { counterIdl, makeCounter, upgradeEnded, type Counter } from './fixtures/contracts.ts';
import { openFactory, type LoneFactory } from './fixtures/factory.ts';
import { motokoContract } from './fixtures/motoko-contracts.ts';
import { registerBytes } from './fixtures/versions.ts';

const owner = createIdentity('owner');
const url = inject('replicaUrl');

let lone: LoneFactory;
let asOwner: ActorFor<typeof TokenFactory>;
let network: number;

beforeAll(async () => {
  lone = await openFactory(url);
  network = instanceIdOf(lone.pic);
  asOwner = actorFor(lone.pic, TokenFactory, lone.id);
  asOwner.setIdentity(owner);
  const good = await motokoContract({ version: '1.1.0' });
  const bad = await motokoContract({ version: '1.2.9' });
  await registerBytes(lone, await motokoContract({ version: '1.0.0' }), '1.0.0');
  for (const [version, wasm] of [
    ['1.1.0', good],
    ['1.2.0', bad],
  ] as const) {
    await registerBytes(lone, wasm, version);
    accepted(
      await lone.factory.updateVersion(version, {
        stable: [false],
        upgradableFrom: [],
        candidHash: [],
        compatibility: [],
        deprecated: [],
      }),
    );
  }
}, 300_000);

afterAll(async () => {
  await lone.pic.tearDown();
});

const FORWARD = [
  'canister_status',
  'stop_canister',
  'take_canister_snapshot',
  'install_chunked_code',
  'start_canister',
  'contractHealth',
  'delete_canister_snapshot',
];
const BACK = ['stop_canister', 'load_canister_snapshot', 'start_canister'];
/** The conformance suite has the same calls fail, trap in their callbacks and outlive the factory. */
const ACTIONS = ['lose-answer'] as const;
const cases = (methods: readonly string[]) =>
  methods.flatMap((method) => ACTIONS.map((kind) => [method, kind] as const));

/** Upgrades a new contract while one call of the factory's goes wrong; then looks at what is so. */
async function upgradeWith(version: string, method: string, kind: (typeof ACTIONS)[number]) {
  const contract = await makeCounter(lone, owner.getPrincipal());
  // The way back stops and starts the contract a second time.
  const skip = version === '1.2.0' && method !== 'load_canister_snapshot' ? 1 : 0;
  await addFault(url, network, { from: lone.id, method, skip, action: { kind } });
  accepted(await asOwner.requestUpgrade([contract.id], [version]));
  const { phase } = await upgradeEnded(lone, contract.id);
  const [fault] = await faults(url, network);
  await clearFaults(url, network);
  const facts = await canisterFacts(lone.pic, contract.id, owner.getPrincipal());
  const info = accepted(await lone.factory.getContractInfo(contract.id));
  expect(Uint8Array.from(info.moduleHash)).toEqual(facts.moduleHash);
  return {
    hits: fault!.hits,
    phase,
    version: info.version,
    count: await contract.actor.increment(),
  };
}

describe.skipIf(inject('replicaIsReal'))('an upgrade that a call is lost from', () => {
  it.each(cases(FORWARD))('commits all the same: %s, %s', async (method, kind) => {
    expect(await upgradeWith('1.1.0', method, kind)).toEqual({
      hits: 1,
      phase: 'Committed',
      version: '1.1.0',
      count: 4n,
    });
  });

  it.each(cases(BACK))('restores all the same: %s, %s', async (method, kind) => {
    expect(await upgradeWith('1.2.0', method, kind)).toEqual({
      hits: 1,
      phase: 'Restored',
      version: '1.0.0',
      count: 4n,
    });
  });

  it('is given up when the contract does not stop, which then runs on', async () => {
    const contract = await makeCounter(lone, owner.getPrincipal());
    const other = await makeCounter(lone, owner.getPrincipal());
    await addFault(url, network, { from: contract.id, action: { kind: 'hold-answer' } });
    const deferred = lone.pic.createDeferredActor<Counter>(counterIdl, contract.id);
    const open = await deferred.send(other.id, 'increment', new Uint8Array(encoder([])([])));
    accepted(await asOwner.requestUpgrade([contract.id], ['1.1.0']));
    for (let minutes = 0; minutes < 12; minutes += 1) {
      await lone.pic.advanceTime(60_000);
      await lone.pic.tick(2);
    }
    const { phase, reason } = await upgradeEnded(lone, contract.id);
    expect([phase, reason]).toEqual(['Failed', 'factory.upgrade_stop_failed']);
    expect(await contract.actor.increment()).toBe(4n);
    await clearFaults(url, network);
    await open();
  });
});
