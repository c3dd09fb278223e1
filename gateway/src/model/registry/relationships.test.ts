import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { c, decoder, encoder } from '@fabrica/core/candid';
import { openGateway, type Gateway } from '../gateway.ts';
import { canisterId, emptyGateway, START, user } from '../testing.ts';
import { RelatedContract, type RelatedFilter, type RelationshipReport } from './report.ts';

const ROLES = ['creator', 'signer', 'observer'];
const ALL: RelatedFilter = { factory: null, role: null, past: false };

function setUp() {
  const { store, gateway } = emptyGateway();
  gateway.factories.register('multisig', canisterId(1), START);
  gateway.factories.register('dao', canisterId(2), START);
  return { store, gateway };
}

function report(changes: Partial<RelationshipReport> = {}): RelationshipReport {
  const told = { contract: canisterId(50), user: user(1), before: 0, roles: 1, since: START };
  return { ...told, name: 'Treasury', ...changes };
}

/** All of a user's rows, page by page. */
function read(gateway: Gateway, whose: Uint8Array, filter = ALL, limit = 50): RelatedContract[] {
  const rows: RelatedContract[] = [];
  const args = [c.vec(RelatedContract)] as const;
  for (let cursor: number | null = null; ; ) {
    const page = gateway.relationships.related(whose, filter, cursor, limit);
    const decoded = decoder(args)(encoder(args)([page.contracts] as never));
    if (!decoded.ok) throw new Error(decoded.reason);
    rows.push(...(decoded.values[0] as RelatedContract[]));
    if (page.next === null) return rows;
    cursor = page.next;
  }
}

describe('relationships', () => {
  test('list what a user created and holds in all factories, newest first', () => {
    const { gateway } = setUp();
    const { relationships } = gateway;
    relationships.report(0, 0n, ROLES, [report(), report({ contract: canisterId(51), roles: 2 })]);
    relationships.report(
      1,
      0n,
      ['creator', 'member'],
      [report({ contract: canisterId(52), roles: 2, name: 'Guild' })],
    );
    expect(read(gateway, user(1))).toMatchObject([
      { contract: canisterId(52), factory: 'dao', name: 'Guild', roles: 2 },
      { contract: canisterId(51), factory: 'multisig', roles: 2 },
      { contract: canisterId(50), factory: 'multisig', roles: 1 },
    ]);
    expect(relationships.related(user(1), ALL, null, 50).factories).toEqual([
      { factory: 'dao', roles: ['creator', 'member'] },
      { factory: 'multisig', roles: ROLES },
    ]);
  });
  test.each<[string, Partial<RelatedFilter>, number[]]>([
    ['factory', { factory: 'dao' }, [52]],
    ['an unknown factory', { factory: 'teapot' }, []],
    ['role, each factory by its own names', { role: 'member' }, [52]],
    ['the role of creator', { role: 'creator' }, [50]],
    ['both', { factory: 'multisig', role: 'signer' }, [51]],
  ])('are filtered by %s', (_, filter, found) => {
    const { gateway } = setUp();
    gateway.relationships.report(0, 0n, ROLES, [
      report(),
      report({ contract: canisterId(51), roles: 2 }),
    ]);
    gateway.relationships.report(
      1,
      0n,
      ['creator', 'member'],
      [report({ contract: canisterId(52), roles: 2 })],
    );
    const rows = read(gateway, user(1), { ...ALL, ...filter });
    expect(rows.map(({ contract }) => contract)).toEqual(found.map(canisterId));
  });
  test('peer 13, 15: change with roles, and one that ended is past, not gone', () => {
    const { gateway } = setUp();
    const { relationships } = gateway;
    relationships.report(0, 0n, ROLES, [
      report(),
      report({ before: 1, roles: 3 }),
      report({ before: 3, roles: 0, name: 'Renamed' }),
    ]);
    expect(read(gateway, user(1))).toEqual([]);
    expect(read(gateway, user(1), { ...ALL, past: true })).toMatchObject([
      { roles: 0, name: 'Renamed' },
    ]);
    relationships.report(0, 3n, ROLES, [report({ roles: 4 })]);
    expect(read(gateway, user(1), { ...ALL, past: true })).toMatchObject([{ roles: 4 }]);
  });
  test('that come again are skipped, and a gap is refused with the number expected', () => {
    const { store, gateway } = setUp();
    gateway.relationships.report(0, 0n, ROLES, [report()]);
    const upgraded = openGateway(store);
    const { relationships } = upgraded;
    expect(relationships.report(0, 0n, ROLES, [report()])).toEqual({ Ok: 1n });
    expect(relationships.report(0, 2n, ROLES, [report()])).toMatchObject({
      Err: { code: 'gateway.sequence_gap' },
    });
    expect(read(upgraded, user(1))).toHaveLength(1);
  });
  test("peer 10: a factory says nothing about another's contract, and none of the batch is kept", () => {
    const { gateway } = setUp();
    const { relationships } = gateway;
    relationships.report(0, 0n, ROLES, [report()]);
    const batch = [report({ contract: canisterId(60) }), report({ user: user(2) })];
    expect(relationships.report(1, 0n, ROLES, batch)).toMatchObject({
      Err: { code: 'gateway.not_its_contract' },
    });
    expect([read(gateway, user(1)).length, read(gateway, user(2)).length]).toEqual([1, 0]);
    expect(relationships.expected(1)).toBe(0n);
  });
  test('take 120 bytes each at most', () => {
    const { store, gateway } = setUp();
    gateway.relationships.report(0, 0n, ROLES, []);
    const before = store.bytes;
    // Worst: every user and every contract is new.
    for (let n = 0; n < 200; n += 1) {
      const one = report({ contract: canisterId(n), user: user(n), name: 'Golden Ticket' });
      gateway.relationships.report(0, BigInt(n), ROLES, [one]);
    }
    expect((store.bytes - before) / 200).toBeLessThanOrEqual(120);
  });
});

test('relationships follow a model through random reports, whatever the size of pages', () => {
  const change = fc.record({
    contract: fc.integer({ min: 0, max: 79 }),
    who: fc.integer({ min: 1, max: 2 }),
    roles: fc.integer({ min: 0, max: 7 }),
  });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (changes, limit) => {
        const { gateway } = setUp();
        const model = new Map<string, Map<number, number>>([
          ['1', new Map()],
          ['2', new Map()],
        ]);
        let next = 0n;
        for (const { contract, who, roles } of changes) {
          const held = model.get(String(who))!;
          const before = held.get(contract) ?? 0;
          if (before === roles) continue;
          const one = { contract: canisterId(contract), user: user(who), before, roles };
          gateway.relationships.report(0, next, ROLES, [report(one)]);
          next += 1n;
          held.set(contract, roles);
        }
        for (const [who, held] of model) {
          const rows = read(gateway, user(Number(who)), ALL, limit);
          const found = rows.map(({ contract, roles }) => [contract[7], roles]);
          const expected = [...held].filter(([, roles]) => roles > 0);
          expect(found.sort(byFirst)).toEqual(expected.sort(byFirst));
        }
      },
    ),
    { numRuns: 60 },
  );
});

function byFirst(a: (number | undefined)[], b: (number | undefined)[]): number {
  return a[0]! - b[0]!;
}
