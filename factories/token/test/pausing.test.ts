import { accountOf, approvalOf, transferFromOf, transferOf } from '@fabrica/testing';
import { createIdentity } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openLedger, type TestLedger } from './fixtures/ledger.ts';

const pauser = createIdentity('pauser').getPrincipal();
const bob = createIdentity('bob').getPrincipal();
const unavailable = { Err: { TemporarilyUnavailable: null } };

let pausable: TestLedger;
let other: TestLedger;

beforeAll(async () => {
  pausable = await openLedger(inject('replicaUrl'), { pauser: pauser.toUint8Array() });
  other = await openLedger(inject('replicaUrl'));
});
afterAll(async () => {
  await Promise.all([pausable.pic.tearDown(), other.pic.tearDown()]);
});

async function stateOf(ledger: TestLedger) {
  const metadata = new Map(await ledger.as(bob).icrc1_metadata());
  return [metadata.get('fabrica:pauser'), metadata.get('fabrica:paused')];
}

describe('a token that was ordered with a pauser', () => {
  test('says who he is, and whether it is paused', async () => {
    expect(await stateOf(pausable)).toEqual([{ Text: pauser.toText() }, { Text: 'false' }]);
  });

  test('is paused by him alone, and then records nothing but still tells', async () => {
    const alice = await pausable.holder('alice', 1_000n);
    const { as } = pausable;
    await as(alice).icrc2_approve(approvalOf(bob, 100n));
    for (const stranger of [alice, pausable.minter]) {
      expect(await as(stranger).setPaused(true)).toMatchObject({
        Err: { code: 'token.not_the_pauser' },
      });
    }
    expect(await as(pauser).setPaused(true)).toEqual({ Ok: null });
    expect(await as(pauser).setPaused(true)).toEqual({ Ok: null });
    expect((await stateOf(pausable))[1]).toEqual({ Text: 'true' });
    expect(await as(alice).icrc1_transfer(transferOf(bob, 1n))).toEqual(unavailable);
    expect(await as(pausable.minter).icrc1_transfer(transferOf(bob, 1n))).toEqual(unavailable);
    expect(await as(alice).icrc2_approve(approvalOf(bob, 1n))).toEqual(unavailable);
    expect(await as(bob).icrc2_transfer_from(transferFromOf(alice, bob, 1n))).toEqual(unavailable);
    expect(await as(bob).icrc1_balance_of(accountOf(alice))).toBe(990n);
  });

  test('stays paused through an upgrade, and goes on when he says so', async () => {
    await pausable.upgrade();
    const { as } = pausable;
    const alice = createIdentity('alice').getPrincipal();
    expect(await as(alice).icrc1_transfer(transferOf(bob, 1n))).toEqual(unavailable);
    expect(await as(pauser).setPaused(false)).toEqual({ Ok: null });
    expect(await as(alice).icrc1_transfer(transferOf(bob, 1n))).toHaveProperty('Ok');
    expect((await stateOf(pausable))[1]).toEqual({ Text: 'false' });
  });
});

describe('a token that was ordered without', () => {
  test('cannot be paused by anyone, and shows no such thing', async () => {
    expect(await stateOf(other)).toEqual([undefined, undefined]);
    for (const who of [other.minter, pauser]) {
      expect(await other.as(who).setPaused(true)).toMatchObject({
        Err: { code: 'token.not_the_pauser' },
      });
    }
  });
});
