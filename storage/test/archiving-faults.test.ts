import { addFault, clearFaults, instanceIdOf, type FaultAction } from '@fabrica/localnet';
import { accepted, builtModule, refusalCode, upgradeBuilt } from '@fabrica/testing';
import { PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { verifyChain, type Checkpoint } from '../src/client/index.ts';
import {
  administrator,
  openLog,
  SMALL,
  writer,
  type ArchivedLog,
  type Settings,
} from './fixtures/archived-log.ts';

/** A move of 120 entries, so two messages of entries. */
const SETTINGS: Settings = { ...SMALL, atEntries: 130, moveEntries: 120 };
const LENGTH = 135;

const LOST: readonly [string, FaultAction][] = [
  ['was not delivered', { kind: 'reject', code: 2, message: 'the network was busy' }],
  ['may have been delivered, and was not', { kind: 'reject', code: 5, message: 'it said no more' }],
  ['was carried out, and its answer lost', { kind: 'lose-answer' }],
  ['was answered, and the log trapped on it', { kind: 'trap-callback' }],
];
const CALLS = [
  'canister_info',
  'create_canister',
  'install_chunked_code',
  'canister_status',
  'adoptEntries',
  'getTip',
];

let pic: PocketIc;
let log: ArchivedLog;

// Faults are localnet's own; the real PocketIC server cannot make calls go wrong.
describe.skipIf(inject('replicaIsReal'))('a move into an archive', () => {
  beforeAll(async () => {
    pic = await PocketIc.create(inject('replicaUrl'));
  });
  afterAll(async () => {
    await pic.tearDown();
  });
  beforeEach(async () => {
    log = await openLog(pic, { ...SETTINGS, enabled: false });
    await log.record(LENGTH);
  });

  it.each(CALLS)('loses nothing whatever becomes of its call of %s', async (method) => {
    for (const [, action] of LOST) {
      await addFault(inject('replicaUrl'), instanceIdOf(pic), { from: log.id, method, action });
    }
    accepted(await log.audit.configureArchiving(SETTINGS));
    await log.settle();
    await clearFaults(inject('replicaUrl'), instanceIdOf(pic));
    await expectWhole();
  });

  it('loses nothing when the log is upgraded between any two of its steps', async () => {
    accepted(await log.audit.configureArchiving(SETTINGS));
    for (let round = 0; round < 40; round += 1) {
      await upgradeBuilt(pic, 'audit', log.id, administrator);
      await pic.tick();
      const { state } = accepted(await log.audit.getArchiving());
      if ('Idle' in state && (await log.audit.getArchives(0, 1)).length > 0) break;
    }
    await log.settle();
    await expectWhole();
  });

  it('is begun anew when an administrator gives the archive up', async () => {
    const all = { times: 'all', action: { kind: 'reject', code: 2, message: 'busy' } } as const;
    const rule = { from: log.id, method: 'adoptEntries', ...all };
    await addFault(inject('replicaUrl'), instanceIdOf(pic), rule);
    accepted(await log.audit.configureArchiving(SETTINGS));
    await pic.tick(12);
    const before = accepted(await log.audit.getArchiving());
    expect(before).toMatchObject({ state: { Copying: { next: 0n } }, abandoned: 0 });
    expect(before.failure).toContain('busy');
    expect((await log.audit.getStorageHealth()).alert).toBe(true);
    accepted(await log.audit.abandonArchive());
    await clearFaults(inject('replicaUrl'), instanceIdOf(pic));
    await log.settle();
    expect(accepted(await log.audit.getArchiving()).abandoned).toBe(1);
    await expectWhole();
  });

  it('does not begin while the registered module is not the one that runs', async () => {
    const sender = administrator.getPrincipal();
    await pic.upgradeCanister({ canisterId: log.id, wasm: sameCodeOtherHash(), sender });
    accepted(await log.audit.configureArchiving(SETTINGS));
    await pic.tick(20);
    const { state, failure } = accepted(await log.audit.getArchiving());
    expect(state).toEqual({ Idle: null });
    expect(failure).toContain('register it anew');
    expect(await log.audit.getArchives(0, 1)).toEqual([]);
  });
});

/** The module with another hash, as the next release has: gzip's byte for the operating system is changed. */
function sameCodeOtherHash(): ArrayBufferLike {
  const wasm = builtModule('audit').wasm.slice();
  wasm[9]! ^= 1;
  return wasm.buffer;
}

/** Every entry is where the log says, follows from the one before, and the range's is archived once. */
async function expectWhole(): Promise<void> {
  const ranges = await log.audit.getArchives(0, 50);
  expect(ranges.map(({ from, to }) => [from, to])).toEqual([[0n, 120n]]);
  const { hash, length } = await log.audit.getTip();
  const archive = log.as(administrator, ranges[0]!.archive);
  const archived = accepted(await archive.verifyData(0n, 120n)).entries;
  const here = accepted(await log.audit.verifyData(120n, length)).entries;
  const bytes = [...archived, ...here].map((entry) => Uint8Array.from(entry));
  const proven: Checkpoint = { length: LENGTH, hash: Uint8Array.from(hash) };
  expect(verifyChain('audit', bytes)).toEqual({ ok: true, ...proven });
  expect(refusalCode(await log.audit.verifyData(0n, length + 1n))).toBe('storage.range_invalid');
  const next = accepted(await log.audit.getNextSequence(writer.getPrincipal()));
  expect(next).toBe(BigInt(LENGTH));
}
