import { gunzipSync, gzipSync } from 'node:zlib';
import {
  accepted,
  accountOf,
  actorFor,
  builtModule,
  canisterFacts,
  paid,
  SUPPLY,
  transferOf,
  type ActorFor,
} from '@fabrica/testing';
import { TokenContract, TokenFactory } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { upgradeEnded } from './fixtures/contracts.ts';
import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';
import { registerBytes } from './fixtures/versions.ts';

const owner = createIdentity('owner');
/** What the token burns of each transfer. */
const FEE = 10_000n;
const friend = createIdentity('friend').getPrincipal();

let lone: LoneFactory;
let asOwner: ActorFor<typeof TokenFactory>;
let token: ActorFor<typeof TokenContract>;
let contract: Awaited<ReturnType<typeof makeToken>>['id'];

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
  asOwner = actorFor(lone.pic, TokenFactory, lone.id);
  asOwner.setIdentity(owner);
  contract = (await makeToken(lone, owner.getPrincipal())).id;
  token = actorFor(lone.pic, TokenContract, contract);
  token.setIdentity(owner);
  // The same code in another wrapping: another hash, and the version it has always had.
  const wasm = gunzipSync(builtModule('token').wasm);
  await registerBytes(lone, new Uint8Array(gzipSync(wasm, { level: 1 })), '0.2.0');
  await registerBytes(lone, renumbered(wasm, '0.1.0', '0.1.1'), '0.1.1');
});

afterAll(async () => {
  await lone.pic.tearDown();
});

/** The module with another version number in its definition, as a release would have it. */
function renumbered(wasm: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(wasm);
  const at = bytes.indexOf(`version:"${from}"`);
  expect(at).toBeGreaterThan(0);
  bytes.write(`version:"${to}"`, at);
  return new Uint8Array(gzipSync(bytes));
}

/** The module that runs is the one recorded, and it knows every balance. */
async function expectWhole(version: string, balance: bigint, transfers: bigint) {
  const facts = await canisterFacts(lone.pic, contract, owner.getPrincipal());
  const info = accepted(await lone.factory.getContractInfo(contract));
  expect(Uint8Array.from(info.moduleHash)).toEqual(facts.moduleHash);
  expect([info.version, await token.contractVersion()]).toEqual([version, version]);
  expect(await token.icrc1_balance_of(accountOf(friend))).toBe(balance);
  expect(await token.icrc1_total_supply()).toBe(SUPPLY - transfers * FEE);
}

it('a token that is another version than was registered is taken back, with every balance', async () => {
  paid(await token.icrc1_transfer(transferOf(friend, 500n)));
  accepted(await asOwner.requestUpgrade([contract], ['0.2.0']));
  expect(await upgradeEnded(lone, contract)).toMatchObject({
    phase: 'Restored',
    reason: 'factory.upgrade_wrong_version',
  });
  await expectWhole('0.1.0', 500n, 1n);
});

it('a token is upgraded with every balance, and goes on reporting to its factory', async () => {
  paid(await token.icrc1_transfer(transferOf(friend, 500n)));
  accepted(await asOwner.requestUpgrade([contract], ['0.1.1']));
  expect(await upgradeEnded(lone, contract)).toMatchObject({ phase: 'Committed', reason: null });
  await expectWhole('0.1.1', 1000n, 2n);
  accepted(await token.setVisibility(false));
  await lone.pic.advanceTime(10_000);
  await lone.pic.tick(5);
  expect(accepted(await lone.factory.getContractInfo(contract)).isPublic).toBe(false);
  expect((await token.contractHealth()).eventsWaiting).toBe(0);
});
