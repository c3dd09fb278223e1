import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContractInfo } from '../../factory/contract-info.ts';
import { binary, equal, keyspaces, MemoryStore } from '../../store/index.ts';
import type { ContractQuery } from './contract-query.ts';
import { Directory } from './directory.ts';

const spaceNames = {
  records: 0,
  infos: 1,
  lists: 2,
  members: 3,
  facets: 4,
  fronts: 5,
  mains: 6,
} as const;
const user = (index: number) => Uint8Array.of(index, 0xaa, 2);

interface Made {
  owner: number;
  signer: number | null;
  name: string;
  status: string;
  isPublic: boolean;
  version: string;
}

const made: fc.Arbitrary<Made> = fc.record({
  owner: fc.nat(2),
  signer: fc.option(fc.nat(2)),
  name: fc.constantFrom('Gold', 'gold token', 'Golden Ticket', 'Güld', 'Silver', 'x'),
  status: fc.constantFrom('active', 'paused'),
  isPublic: fc.boolean(),
  version: fc.constantFrom('1.0.0', '1.1.0'),
});

const query: fc.Arbitrary<ContractQuery> = fc.record({
  creator: fc.option(fc.nat(2).map(user)),
  holder: fc.option(fc.record({ role: fc.constant('signer'), user: fc.nat(2).map(user) })),
  status: fc.option(fc.constantFrom('active', 'paused', 'none')),
  version: fc.option(fc.constantFrom('1.0.0', '1.1.0')),
  namePrefix: fc.option(fc.constantFrom('', 'g', 'GOL', 'golden', 'gold t', 'gü', 'z')),
  createdFrom: fc.option(fc.nat(30).map(BigInt)),
  createdBefore: fc.option(fc.nat(30).map(BigInt)),
  publicOnly: fc.boolean(),
});

describe('queries over the directory', () => {
  test('answer what a scan of all contracts would, page by page', () => {
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 25 }),
        query,
        fc.integer({ min: 1, max: 4 }),
        (contracts, wanted, limit) => {
          const { directory, all } = directoryOf(contracts);
          const expected = all.filter((one) => satisfies(one, wanted)).reverse();
          expect(readAll(directory, wanted, limit)).toEqual(
            expected.map(({ info }) => info.number),
          );
        },
      ),
    );
  });

  test('follow a changed owner, version and status', () => {
    const { directory } = directoryOf([
      { owner: 0, signer: null, name: 'Gold', status: 'active', isPublic: true, version: '1.0.0' },
    ]);
    directory.change(0, { owner: user(1), version: '2.0.0' });
    directory.apply(0, [{ StatusChanged: 'paused' }]);
    const by = (change: Partial<ContractQuery>) =>
      readAll(directory, { ...anything, ...change }, 10);
    expect([by({ creator: user(0) }), by({ creator: user(1) })]).toEqual([[], [0]]);
    expect([by({ version: '1.0.0' }), by({ version: '2.0.0' })]).toEqual([[], [0]]);
    expect([by({ status: 'active' }), by({ status: 'paused' })]).toEqual([[], [0]]);
    expect(directory.facets.countOfVersion('2.0.0')).toBe(1);
    expect(directory.facets.countOfStatus('active')).toBe(0);
  });
});

const anything: ContractQuery = {
  creator: null,
  holder: null,
  status: null,
  version: null,
  namePrefix: null,
  createdFrom: null,
  createdBefore: null,
  publicOnly: false,
};

function directoryOf(contracts: readonly Made[]) {
  const directory = new Directory(keyspaces(new MemoryStore(), spaceNames), ['signer']);
  const all = contracts.map((one, index) => {
    const info = directory.add(
      {
        id: Uint8Array.of(0, 0, 0, index, 1, 1),
        owner: user(one.owner),
        name: one.name,
        status: one.status,
        isPublic: one.isPublic,
        managed: true,
        version: one.version,
        moduleHash: new Uint8Array(32),
        createdAt: BigInt(index),
      },
      one.signer === null ? [] : [{ role: 'signer', principal: user(one.signer) }],
    );
    return { ...one, info };
  });
  return { directory, all };
}

function satisfies(one: Made & { info: ContractInfo }, wanted: ContractQuery): boolean {
  const { creator, holder, status, version, namePrefix, createdFrom, createdBefore } = wanted;
  const filters = creator ?? holder ?? status ?? version ?? (namePrefix === '' ? null : namePrefix);
  return (
    (creator === null || equal(creator, one.info.owner)) &&
    (holder === null ||
      (one.signer !== null && binary(holder.user) === binary(user(one.signer)))) &&
    (status === null || status === one.status) &&
    (version === null || version === one.version) &&
    one.name.toLowerCase().startsWith((namePrefix ?? '').toLowerCase()) &&
    (createdFrom === null || one.info.createdAt >= createdFrom) &&
    (createdBefore === null || one.info.createdAt < createdBefore) &&
    // A query that names nothing is one for the public list.
    (one.isPublic || (!wanted.publicOnly && filters !== null))
  );
}

function readAll(directory: Directory, wanted: ContractQuery, limit: number): number[] {
  const numbers: number[] = [];
  let cursor: Uint8Array | null = null;
  do {
    const page: ReturnType<Directory['query']> = directory.query(wanted, cursor, limit);
    expect(page.contracts.length).toBeLessThanOrEqual(limit);
    numbers.push(...page.contracts.map(({ number }) => number));
    cursor = page.next;
  } while (cursor !== null);
  return numbers;
}
