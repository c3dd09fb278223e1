import {
  accepted,
  actorFor,
  newUser,
  openSystem,
  orderOf,
  requestIdOf,
  settle,
  tokenOrder,
  type System,
  type User,
} from '@fabrica/testing';
import type { Principal } from '@dfinity/principal';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { createTokenClient, TokenContract } from '../src/index.ts';

const bob = createIdentity('bob the holder');

let system: System;
let user: User;
let id: Principal;

beforeAll(async () => {
  system = await openSystem(inject('replicaUrl'));
  const quote = accepted(await system.gateway.quote('token', []));
  user = await newUser(system, 'alice', { funds: quote.approve, approved: quote.approve });
  const order = orderOf(tokenOrder(user.principal), { requestId: requestIdOf('holders') });
  id = accepted(await user.gateway.createContract(order)).contract;
  await pass();
});
afterAll(async () => {
  await system.pic.tearDown();
});

/** Time enough for blocks to be followed, and the factory to be told. */
async function pass() {
  for (let second = 0; second < 5; second += 1) {
    await system.pic.advanceTime(1_000);
    await settle(system);
  }
}

function as(identity: User['identity']) {
  const token = actorFor(system.pic, TokenContract, id);
  token.setIdentity(identity);
  return createTokenClient(token);
}

async function rolesOf(principal: Principal) {
  const { contracts } = await system.tokenFactory.getMyContracts(principal, []);
  return contracts.map(({ roles }) => roles);
}

async function callbacks() {
  return (await system.tokenFactory.getFactoryHealth()).callbacks;
}

describe('the factory', () => {
  test('learns who came to hold tokens and who ceased to, and of nothing between', async () => {
    const principal = bob.getPrincipal();
    expect(await rolesOf(principal)).toEqual([]);
    const before = await callbacks();
    await as(user.identity).transfer({ owner: principal }, 100_000n);
    await pass();
    expect(await rolesOf(principal)).toEqual([['holder']]);
    expect(await callbacks()).toBe(before + 1n);

    for (let amount = 1n; amount <= 5n; amount += 1n) {
      await as(user.identity).transfer({ owner: principal }, amount);
    }
    const subaccount = new Uint8Array(32).fill(1);
    await as(bob).transfer({ owner: principal, subaccount }, 10_000n);
    await pass();
    expect(await callbacks()).toBe(before + 1n);

    const rest = await as(bob).balanceOf({ owner: principal });
    await as(bob).transfer({ owner: user.principal }, rest - 10_000n);
    await pass();
    expect(await rolesOf(principal), 'a subaccount still holds').toEqual([['holder']]);
    await as(user.identity).transfer({ owner: principal, subaccount }, 10_000n);
    const spent = { subaccount };
    await as(bob).transfer({ owner: user.principal }, 10_000n, spent);
    await pass();
    expect(await rolesOf(principal)).toEqual([]);
    expect(await callbacks()).toBe(before + 2n);
  });

  test('is told all holders anew when the owner asks for it, and they stay', async () => {
    const carol = createIdentity('carol the holder').getPrincipal();
    await as(user.identity).transfer({ owner: carol }, 5n);
    await pass();
    const before = await callbacks();
    const owned = actorFor(system.pic, TokenContract, id);
    owned.setIdentity(user.identity);
    expect(await owned.resync()).toEqual({ Ok: null });
    await pass();
    // The beginning, two holders, the end.
    expect(await callbacks()).toBe(before + 4n);
    expect(await rolesOf(carol)).toEqual([['holder']]);
    expect(await rolesOf(bob.getPrincipal())).toEqual([]);
    expect(await rolesOf(user.principal)).toEqual([['creator', 'holder']]);
  });
});
