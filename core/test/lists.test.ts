import {
  accepted,
  actorFor,
  ADMINISTRATOR,
  builtModule,
  refusalCode,
  settle,
} from '@fabrica/testing';
import type { Principal } from '@dfinity/principal';
import { TokenContract } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { makeToken, openTokenFactory, type LoneFactory } from './fixtures/factory.ts';

const CONTRACTS = 60;
const owner = createIdentity('owner').getPrincipal();
const other = createIdentity('other').getPrincipal();

let lone: LoneFactory;

beforeAll(async () => {
  lone = await openTokenFactory(inject('replicaUrl'));
  for (let number = 0; number < CONTRACTS; number += 1) {
    await makeToken(lone, number % 10 === 0 ? other : owner, `Token ${number}`);
  }
  await settle(lone, 60);
});

afterAll(async () => {
  await lone.pic.tearDown();
});

describe('lists', () => {
  it('page through all contracts, newest first, each once, also after an upgrade', async () => {
    const everything = Array.from({ length: CONTRACTS }, (_, at) => CONTRACTS - 1 - at);
    const others = everything.filter((number) => number % 10 === 0);
    const owners = everything.filter((number) => number % 10 !== 0);

    for (const limit of [1, 7, 50, 100]) {
      expect(await publicNumbers(limit)).toEqual(everything);
    }
    expect(await numbersOf(other, 4)).toEqual(others);
    expect(await numbersOf(owner, 7)).toEqual(owners);

    const health = await lone.factory.getFactoryHealth();
    const whitelist = await lone.factory.getWhitelist();
    const { versions } = await lone.factory.getVersions([], []);
    await upgradeFactory();
    expect(await publicNumbers(7)).toEqual(everything);
    expect(await numbersOf(other, 4)).toEqual(others);
    expect(await lone.factory.getWhitelist()).toEqual(whitelist);
    expect((await lone.factory.getVersions([], [])).versions).toEqual(versions);
    const { contracts, callbacks, failed, underWay } = await lone.factory.getFactoryHealth();
    expect({ contracts, callbacks, failed, underWay }).toEqual({
      contracts: CONTRACTS,
      callbacks: health.callbacks,
      failed: 0,
      underWay: 0,
    });
    // Every contract has reported that it runs.
    expect(callbacks).toBe(BigInt(CONTRACTS));

    const next = await makeToken(lone, other, 'After the upgrade');
    expect(next.number).toBe(CONTRACTS);
    expect((await publicNumbers(50))[0]).toBe(CONTRACTS);
    expect((await numbersOf(other, 50))[0]).toBe(CONTRACTS);
  });

  it('leave out, for strangers, what its owner hides', async () => {
    const hidden = (await lone.factory.getPublicContracts([])).contracts[0]!;
    const contract = actorFor(lone.pic, TokenContract, hidden.id);
    expect(refusalCode(await contract.setVisibility(false))).toBe('contract.not_the_owner');
    contract.setPrincipal(hidden.owner);
    accepted(await contract.setVisibility(false));
    await settle(lone, 60);
    expect(await publicNumbers(50)).not.toContain(hidden.number);
    expect(await numbersOf(hidden.owner, 50)).toContain(hidden.number);
  });
});

async function publicNumbers(limit: number): Promise<number[]> {
  return pages((cursor) => lone.factory.getPublicContracts([{ cursor, limit: [limit] }])).then(
    (contracts) => contracts.map(({ number }) => number),
  );
}

async function numbersOf(user: Principal, limit: number): Promise<number[]> {
  return pages((cursor) => lone.factory.getMyContracts(user, [{ cursor, limit: [limit] }])).then(
    (rows) => rows.map(({ contract }) => contract.number),
  );
}

type Cursor = [] | [Uint8Array | number[]];

/** All rows of a list, page by page; no page is empty but the only one. */
async function pages<Row>(
  read: (cursor: Cursor) => Promise<{ contracts: Row[]; next: Cursor }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: Cursor = [];
  do {
    const page = await read(cursor);
    expect(page.contracts.length).toBeGreaterThan(0);
    rows.push(...page.contracts);
    cursor = page.next;
  } while (cursor.length > 0);
  return rows;
}

async function upgradeFactory(): Promise<void> {
  const canister = { canisterId: lone.id, sender: ADMINISTRATOR.getPrincipal() };
  await lone.pic.stopCanister(canister);
  const { wasm } = builtModule('token_factory');
  await lone.pic.upgradeCanister({ ...canister, wasm: wasm.slice().buffer });
  await lone.pic.startCanister(canister);
}
