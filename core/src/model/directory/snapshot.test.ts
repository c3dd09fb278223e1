import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContractEvent } from '../../factory/events.ts';
import { keyspaces, MemoryStore } from '../../store/index.ts';
import { ContractRecord, SNAPSHOT } from './contract-record.ts';
import { Directory, REFRESH_SLICE } from './directory.ts';
import { hear } from './hear.ts';

const names = {
  records: 0,
  infos: 1,
  lists: 2,
  members: 3,
  facets: 4,
  fronts: 5,
  mains: 6,
} as const;
const user = (index: number) => Uint8Array.of(index, index >> 8, 0xaa, 2);
const OWNER = user(0xffff);
const info = {
  number: 0,
  id: Uint8Array.of(1, 1),
  owner: OWNER,
  name: 'One',
  status: 'active',
  isPublic: true,
  managed: true,
  version: '1.0.0',
  moduleHash: new Uint8Array(32),
  createdAt: 1n,
};
const begun = { status: 'paused', isPublic: false, autoUpdate: false, roles: true };
const added = (role: string, index: number): ContractEvent => ({
  RoleAdded: { role, user: user(index) },
});
const removed = (role: string, index: number): ContractEvent => ({
  RoleRemoved: { role, user: user(index) },
});

function fresh(): Directory {
  const directory = new Directory(keyspaces(new MemoryStore(), names), ['signer', 'observer']);
  directory.add(info, []);
  return directory;
}

function sweep(directory: Directory): number {
  let left = directory.sweep({ contract: 0, member: directory.record(0).members });
  let slices = 1;
  for (; left !== null; slices += 1) left = directory.sweep(left);
  return slices;
}

const roles = (directory: Directory, index: number) => {
  const held: string[] = [];
  for (const role of ['signer', 'observer']) {
    const query = { ...ANY, holder: { role, user: user(index) } };
    if (directory.query(query, null, 10).contracts.length > 0) held.push(role);
  }
  return held;
};
const ANY = {
  creator: null,
  holder: null,
  status: null,
  version: null,
  namePrefix: null,
  createdFrom: null,
  createdBefore: null,
  publicOnly: false,
};

describe('a snapshot', () => {
  test('replaces what was known of a contract, and leaves its creator', () => {
    const directory = fresh();
    directory.apply(0, [added('signer', 1), added('observer', 1), added('signer', 2)]);
    directory.apply(0, [{ SnapshotBegun: begun }, added('observer', 1), added('signer', 3)]);
    directory.apply(0, [{ SnapshotEnded: null }]);
    expect(directory.record(0).isSweeping).toBe(true);
    sweep(directory);
    expect(directory.info(0)).toMatchObject({ status: 'paused', isPublic: false });
    expect([1, 2, 3].map((index) => roles(directory, index))).toEqual([
      ['observer'],
      [],
      ['signer'],
    ]);
    expect(directory.record(0)).toMatchObject({ snapshot: SNAPSHOT.none, members: 3 });
    expect(directory.query({ ...ANY, creator: OWNER }, null, 10).contracts).toHaveLength(1);
  });

  test('that never ended counts for nothing in the next', () => {
    const directory = fresh();
    directory.apply(0, [{ SnapshotBegun: begun }, added('signer', 1)]);
    directory.apply(0, [{ SnapshotBegun: begun }, { SnapshotEnded: null }]);
    sweep(directory);
    expect(roles(directory, 1)).toEqual([]);
  });

  test('that does not tell of roles leaves them as they are', () => {
    const directory = fresh();
    directory.apply(0, [added('signer', 1)]);
    directory.apply(0, [{ SnapshotBegun: { ...begun, roles: false } }, { SnapshotEnded: null }]);
    expect(directory.record(0).isSweeping).toBe(false);
    expect(roles(directory, 1)).toEqual(['signer']);
  });

  test('of many is swept in slices', () => {
    const directory = fresh();
    const many = REFRESH_SLICE * 3;
    for (let index = 0; index < many; index += 1) directory.apply(0, [added('signer', index)]);
    directory.apply(0, [{ SnapshotBegun: begun }]);
    for (let index = 0; index < many; index += 3) directory.apply(0, [added('signer', index)]);
    directory.apply(0, [{ SnapshotEnded: null }]);
    expect(sweep(directory)).toBe(4);
    expect(directory.record(0).members).toBe(1 + many / 3);
  });

  test('gives what its contract says, whatever changed before and meanwhile', () => {
    const role = fc.constantFrom('signer', 'observer');
    const change = fc.tuple(fc.boolean(), role, fc.nat(5));
    fc.assert(
      fc.property(fc.array(change), fc.array(change), fc.array(change), (lost, told, later) => {
        const directory = fresh();
        const events = (changes: typeof told) =>
          changes.map(([adds, name, who]) => (adds ? added(name, who) : removed(name, who)));
        directory.apply(0, events(lost));
        directory.apply(0, [{ SnapshotBegun: begun }, ...events(told), { SnapshotEnded: null }]);
        sweep(directory);
        directory.apply(0, events(later));
        const truth = new Set<string>();
        for (const [adds, name, who] of [...told, ...later]) {
          if (adds) truth.add(`${who} ${name}`);
          else truth.delete(`${who} ${name}`);
        }
        const listed = [0, 1, 2, 3, 4, 5].flatMap((who) =>
          roles(directory, who).map((name) => `${who} ${name}`),
        );
        expect(listed.sort()).toEqual([...truth].sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe('hearing a contract', () => {
  function known(epoch: bigint, nextEvent: bigint): ContractRecord {
    const record = ContractRecord.create(info);
    record.epoch = epoch;
    record.nextEvent = nextEvent;
    return ContractRecord.parse(info.id, record.toBytes(), () => record.body);
  }

  test.each([
    ['the first life is taken on at birth', 0n, 0n, 7n, 0n, false],
    ['an upgrade that brings the epoch goes on', 0n, 5n, 7n, 5n, false],
    ['a contract reinstalled is heard from its beginning', 7n, 5n, 9n, 0n, true],
    ['so is one that told no epoch before', 0n, 5n, 9n, 0n, true],
    ['one put back goes on at its own number', 7n, 5n, 9n, 3n, true],
    ['the same life goes on', 7n, 5n, 7n, 5n, false],
  ])('%s', (_, epoch, nextEvent, told, first, reborn) => {
    const record = known(epoch, nextEvent);
    const heard = hear(record, { epoch: told, first, dropped: 0 });
    expect(heard).toMatchObject({ kind: 'heard', expected: first, reborn });
    expect(record.snapshot).toBe(reborn ? SNAPSHOT.wanted : SNAPSHOT.none);
    expect(record.epoch).toBe(told);
  });

  test('a life that is over is not heard, and no gap is skipped', () => {
    expect(hear(known(7n, 5n), { epoch: 6n, first: 5n, dropped: 0 }).kind).toBe('refused');
    expect(hear(known(7n, 5n), { epoch: 7n, first: 6n, dropped: 0 })).toEqual({
      kind: 'gap',
      expected: 5n,
    });
  });

  test('what was dropped counts once', () => {
    const record = known(7n, 5n);
    expect(hear(record, { epoch: 7n, first: 5n, dropped: 3 })).toMatchObject({ dropped: 3 });
    expect(hear(record, { epoch: 7n, first: 5n, dropped: 3 })).toMatchObject({ dropped: 0 });
    expect(hear(record, { epoch: 8n, first: 0n, dropped: 1 })).toMatchObject({ dropped: 1 });
  });
});
