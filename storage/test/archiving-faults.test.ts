import { addFault, clearFaults, instanceIdOf, type FaultAction } from '@fabrica/localnet';
import { accepted, builtModule, refusalCode, upgradeBuilt } from '@fabrica/testing';
import { PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { verifyChain, type Checkpoint } from '../src/client/index.ts';
import {
  administrator,
  openLog,
  SMALL,
  writer,
  type ArchivedLog,
} from './fixtures/archived-log.ts';

/** Entries of a move that takes one message, and of one that takes two. */
const [ONE, TWO] = [20, 110];

const LOST: readonly [string, FaultAction][] = [
  ['was not delivered', { kind: 'reject', code: 2, message: 'the network was busy' }],
  ['may have been delivered, and was not', { kind: 'reject', code: 5, message: 'it said no more' }],
  ['was carried out, and its answer lost', { kind: 'lose-answer' }],
  ['was answered, and the log trapped on it', { kind: 'trap-callback' }],
];
const CALLS: readonly (readonly [method: string, entries: number])[] = [
  ['canister_info', ONE],
  ['create_canister', ONE],
  ['install_chunked_code', ONE],
  ['canister_status', ONE],
  ['adoptEntries', TWO],
  ['getTip', ONE],
];

let pic: PocketIc;
let log: ArchivedLog;
/** Where the range of the present test begins and ends. */
let from = 0;
let to = 0;

// Faults are localnet's own; the real PocketIC server cannot make calls go wrong.
describe.skipIf(inject('replicaIsReal'))('a move into an archive', () => {
  beforeAll(async () => {
    pic = await PocketIc.create(inject('replicaUrl'));
    log = await openLog(pic);
  });
  afterAll(async () => {
    await pic.tearDown();
  });

  it.each(CALLS)('loses nothing whatever becomes of its call of %s', async (method, entries) => {
    for (const [, action] of LOST) {
      await addFault(inject('replicaUrl'), instanceIdOf(pic), { from: log.id, method, action });
    }
    await begin(entries);
    await log.settle();
    await clearFaults(inject('replicaUrl'), instanceIdOf(pic));
    await expectWhole();
  });

  it('loses nothing when the log is upgraded between any two of its steps', async () => {
    await begin(TWO);
    const before = (await log.audit.getStorageHealth()).archives;
    for (let round = 0; round < 40; round += 1) {
      await upgradeBuilt(pic, 'audit', log.id, administrator);
      await pic.tick();
      const { state } = accepted(await log.audit.getArchiving());
      if ('Idle' in state && (await log.audit.getStorageHealth()).archives > before) break;
    }
    await log.settle();
    await expectWhole();
  });

  it('is begun anew when an administrator gives the archive up', async () => {
    const all = { times: 'all', action: { kind: 'reject', code: 2, message: 'busy' } } as const;
    const rule = { from: log.id, method: 'adoptEntries', ...all };
    await addFault(inject('replicaUrl'), instanceIdOf(pic), rule);
    await begin(ONE);
    await pic.tick(12);
    const before = accepted(await log.audit.getArchiving());
    expect(before).toMatchObject({ state: { Copying: { next: BigInt(from) } } });
    expect(before.failure).toContain('busy');
    expect((await log.audit.getStorageHealth()).alert).toBe(true);
    accepted(await log.audit.abandonArchive());
    await clearFaults(inject('replicaUrl'), instanceIdOf(pic));
    await log.settle();
    expect(accepted(await log.audit.getArchiving()).abandoned).toBe(before.abandoned + 1);
    await expectWhole();
  });

  it('does not begin while the registered module is not the one that runs', async () => {
    const sender = administrator.getPrincipal();
    await pic.upgradeCanister({ canisterId: log.id, wasm: sameCodeOtherHash(), sender });
    const { archives } = await log.audit.getStorageHealth();
    await begin(ONE);
    await pic.tick(20);
    const { state, failure } = accepted(await log.audit.getArchiving());
    expect(state).toEqual({ Idle: null });
    expect(failure).toContain('register it anew');
    expect((await log.audit.getStorageHealth()).archives).toBe(archives);
  });
});

/** The module with another hash, as the next release has: gzip's byte for the operating system is changed. */
function sameCodeOtherHash(): ArrayBufferLike {
  const wasm = builtModule('audit').wasm.slice();
  wasm[9]! ^= 1;
  return wasm.buffer;
}

/** Has as many entries recorded as it takes for the log to move `entries` of them, and then lets it. */
async function begin(entries: number): Promise<void> {
  const settings = { ...SMALL, atEntries: entries + 5, moveEntries: entries };
  accepted(await log.audit.configureArchiving({ ...settings, enabled: false }));
  const { entries: all, firstHere } = await log.audit.getStorageHealth();
  await log.record(entries + 5 - Number(all - firstHere));
  from = Number(firstHere);
  to = from + entries;
  accepted(await log.audit.configureArchiving(settings));
}

/** Every entry is where the log says and follows from the one before, and the range was archived once. */
async function expectWhole(): Promise<void> {
  const ranges = await log.audit.getArchives(0, 50);
  expect(ranges.at(-1)).toMatchObject({ from: BigInt(from), to: BigInt(to) });
  const { hash, length } = await log.audit.getTip();
  const parts = ranges.map((range) => ({ ...range, audit: log.as(administrator, range.archive) }));
  let reached: Checkpoint | undefined;
  for (const part of [...parts, { from: BigInt(to), to: length, audit: log.audit }]) {
    const { entries } = accepted(await part.audit.verifyData(part.from, part.to));
    const bytes = entries.map((entry) => Uint8Array.from(entry));
    const verdict = verifyChain('audit', bytes, reached);
    if (!verdict.ok) throw new Error(`${verdict.fault} at ${verdict.at}: ${verdict.reason}`);
    reached = verdict;
  }
  expect(reached).toEqual({ ok: true, length: Number(length), hash: Uint8Array.from(hash) });
  expect(refusalCode(await log.audit.verifyData(0n, length + 1n))).toBe('storage.range_invalid');
  expect(accepted(await log.audit.getNextSequence(writer.getPrincipal()))).toBe(length);
}
