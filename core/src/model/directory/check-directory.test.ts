import { describe, expect, test } from 'vitest';
import { keyspaces, MemoryStore } from '../../store/index.ts';
import type { CheckPosition } from './check-directory.ts';
import { SNAPSHOT } from './contract-record.ts';
import { Directory } from './directory.ts';
import { setKeys } from './facets.ts';

const names = {
  records: 0,
  infos: 1,
  lists: 2,
  members: 3,
  facets: 4,
  fronts: 5,
  mains: 6,
} as const;
const user = (index: number) => Uint8Array.of(index, 0xaa, 2);
const KEYS = setKeys(['active', 'paused'], ['1.0.0', '2.0.0']);
const COUNT = 60;

function built(): Directory {
  const directory = new Directory(keyspaces(new MemoryStore(), names), ['signer']);
  for (let index = 0; index < COUNT; index += 1) {
    const contract = {
      id: Uint8Array.of(index, 1, 1),
      owner: user(index % 3),
      name: `Contract ${index}`,
      status: index % 4 === 0 ? 'paused' : 'active',
      isPublic: index % 5 !== 0,
      managed: true,
      version: '1.0.0',
      moduleHash: new Uint8Array(32),
      createdAt: 1n,
    };
    const holders = [7, 8, 9].map((who) => ({ role: 'signer', principal: user(who) }));
    directory.add(contract, index % 2 === 0 ? holders : []);
  }
  return directory;
}

function check(directory: Directory, repair = false) {
  const total = { sets: 0, rows: 0, surplus: 0 };
  let position: CheckPosition | null = { contract: 0, member: 0, below: null };
  for (let slices = 0; position !== null; slices += 1) {
    if (slices > 1_000) throw new Error('The check does not end');
    const { next, ...found } = directory.check(KEYS, position, repair);
    total.sets += found.sets;
    total.rows += found.rows;
    total.surplus += found.surplus;
    position = next;
  }
  return total;
}

const NOTHING = { sets: 0, rows: 0, surplus: 0 };

describe('the check of a directory', () => {
  test('finds nothing where lists and sets are what a rebuild would give', () => {
    const directory = built();
    expect(check(directory)).toEqual(NOTHING);
    directory.apply(4, [{ StatusChanged: 'active' }, { VisibilityChanged: false }]);
    directory.change(5, { owner: user(20), version: '2.0.0' });
    expect(check(directory)).toEqual(NOTHING);
  });

  test('finds what is missing or too many in a set, and repairs it', () => {
    const directory = built();
    directory.facets.sets.remove(setKeys(['active'], [])[1]!, 1);
    directory.facets.sets.add(setKeys([], ['2.0.0'])[1]!, 33);
    directory.facets.sets.add(setKeys([], [])[0]!, 40);
    expect(check(directory, true)).toEqual({ ...NOTHING, sets: 3 });
    expect(check(directory)).toEqual(NOTHING);
  });

  test('finds rows that are out of date, and repairs them', () => {
    const directory = built();
    const record = directory.record(2);
    record.info = { ...record.info, name: 'Other' };
    directory.lists.refresh(user(7), record);
    directory.lists.refresh(user(2), record);
    expect(check(directory, true)).toEqual({ ...NOTHING, rows: 2 });
    expect(check(directory)).toEqual(NOTHING);
  });

  test('asks a contract for a snapshot when a row with roles is lost', () => {
    const directory = built();
    directory.lists.changeRoles(user(8), directory.record(6), () => 0);
    expect(check(directory).rows).toBe(1);
    expect(directory.record(6).snapshot).toBe(SNAPSHOT.none);
    expect(check(directory, true).rows).toBe(1);
    expect(directory.record(6)).toMatchObject({ snapshot: SNAPSHOT.wanted, members: 3 });
    expect(check(directory)).toEqual(NOTHING);
  });

  test('gives a creator back the row that he lost', () => {
    const directory = built();
    const record = directory.record(1);
    directory.lists.changeRoles(record.info.owner, record, () => 0);
    expect(check(directory, true).rows).toBe(1);
    expect(check(directory)).toEqual(NOTHING);
  });

  test('finds rows of users who have nothing to do with the contract', () => {
    const directory = built();
    directory.lists.changeRoles(user(7), directory.record(1), () => 2);
    directory.lists.changeRoles(user(7), directory.record(59), () => 2);
    expect(check(directory, true).surplus).toBe(2);
    expect(check(directory)).toEqual(NOTHING);
  });
});
