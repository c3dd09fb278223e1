import { Principal } from '@dfinity/principal';
import { describe, expect, test } from 'vitest';
import { code, value } from '../model/testing/results.ts';
import {
  ADMINISTRATOR,
  canister,
  sampleAuditStorage,
  sampleEvent,
  WRITER,
} from '../model/testing/samples.ts';
import { Notary } from './testing/certify.ts';
import { verifyLog, type ProvingActor } from './verify-log.ts';

const LENGTH = 120;
const network = new Notary(1);
const canisterId = Principal.fromUint8Array(canister(5));
const trust = { canisterId, rootKey: network.rootKey };

describe('proving a log', () => {
  test('a log as it was written is proven, and again from the point reached', async () => {
    const { actor, log, record } = await deploy();
    const proven = await verifyLog('audit', actor, trust);
    expect(proven).toEqual({ ok: true, length: LENGTH, hash: log.tip.hash });
    if (!proven.ok) return;
    expect(await verifyLog('audit', actor, trust, { from: proven })).toEqual(proven);
    await record(3);
    const later = await verifyLog('audit', actor, trust, { from: proven });
    expect(later).toEqual({ ok: true, length: LENGTH + 3, hash: log.tip.hash });
  });

  test('an empty log is proven empty', async () => {
    const { actor } = await deploy(0);
    expect(await verifyLog('audit', actor, trust)).toMatchObject({ ok: true, length: 0 });
  });

  test('a history made up consistently does not end in what was certified', async () => {
    const honest = await deploy();
    const forged = await deploy(LENGTH, 'a better history');
    const actor = { ...forged.actor, getTip: honest.actor.getTip };
    expect(await verifyLog('audit', actor, trust)).toMatchObject({ ok: false, fault: 'tip' });
  });

  test('a log cut short does not end in what was certified', async () => {
    const { actor } = await deploy();
    const cut = { ...actor, getTip: async () => ({ ...(await actor.getTip()), length: 100n }) };
    expect(await verifyLog('audit', cut, trust)).toMatchObject({ ok: false, fault: 'tip' });
  });

  test('a log shorter than what was proven before is refused', async () => {
    const { actor } = await deploy(5);
    const before = { length: 6, hash: new Uint8Array(32) };
    const verdict = await verifyLog('audit', actor, trust, { from: before });
    expect(verdict).toMatchObject({ ok: false, fault: 'tip' });
  });

  test('a storage that answers nothing, or too much, is not waited for', async () => {
    const { actor } = await deploy(5);
    const nothing = {
      ...actor,
      verifyData: async () => ({ Ok: { entries: [], next: 0n, archive: [] as [] } }),
    };
    expect(await verifyLog('audit', nothing, trust)).toMatchObject({ fault: 'refused' });
    const refusal = { code: 'storage.not_reader', message: 'no', action: 'ask' };
    const refusing = { ...actor, verifyData: async () => ({ Err: refusal }) };
    expect(await verifyLog('audit', refusing, trust)).toMatchObject({ fault: 'refused', at: 0 });
  });
});

describe('the certificate', () => {
  test.each([
    ['of another network', { ...trust, rootKey: new Notary(2).rootKey }],
    ['about another canister', { ...trust, canisterId: Principal.fromUint8Array(canister(6)) }],
  ])('%s is refused', async (_, other) => {
    const { actor } = await deploy(3);
    expect(await verifyLog('audit', actor, other)).toMatchObject({ fault: 'certificate' });
  });

  test('of an hour ago is refused, unless that age is accepted', async () => {
    const { actor } = await deploy(3, '', new Date(Date.now() - 3_600_000));
    expect(await verifyLog('audit', actor, trust)).toMatchObject({ fault: 'certificate' });
    const patient = { ...trust, maxAgeInMinutes: 90 };
    expect(await verifyLog('audit', actor, patient)).toMatchObject({ ok: true });
  });

  test('over another hash, missing or damaged, is refused', async () => {
    const { actor } = await deploy(3);
    const tip = await actor.getTip();
    const damaged = Uint8Array.from(tip.certificate[0]!);
    damaged[damaged.length - 1]! ^= 1;
    const answers = [
      { ...tip, hash: new Uint8Array(32).fill(1) },
      { ...tip, certificate: [] as [] },
      { ...tip, certificate: [damaged] as [Uint8Array] },
    ];
    for (const answer of answers) {
      const lying = { ...actor, getTip: () => Promise.resolve(answer) };
      expect(await verifyLog('audit', lying, trust)).toMatchObject({ fault: 'certificate' });
    }
  });
});

/** A storage with `length` entries, and an actor of it whose tip the network certifies at `at`. */
async function deploy(length = LENGTH, detail = '', at = new Date()) {
  const storage = sampleAuditStorage();
  const record = (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const sequence = storage.sequences.next(WRITER);
      value(storage.intake.record(WRITER, sequence, [sampleEvent({ detail })], 1n));
    }
    return Promise.resolve();
  };
  await record(length);
  const actor: ProvingActor = {
    async getTip() {
      const { length, hash } = storage.log.tip;
      const certificate = await network.certify(canisterId, hash, at);
      return { length: BigInt(length), hash, certificate: [certificate] };
    },
    verifyData(from, to) {
      // Fewer than the most at a time, so that a log takes several answers.
      const end = to < from + 50n ? to : from + 50n;
      const data = storage.reader.chain(ADMINISTRATOR, from, end);
      if ('Err' in data) throw new Error(code(data) ?? '');
      return Promise.resolve({ Ok: { ...data.Ok, entries: [...data.Ok.entries], archive: [] } });
    },
  };
  return { actor, log: storage.log, record };
}
