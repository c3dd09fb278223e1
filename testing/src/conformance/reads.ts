import type { Principal } from '@dfinity/principal';
import { statusesOf } from '@fabrica/core';
import { createIdentity } from '@hadronous/pic';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADMINISTRATOR } from '../open-system.ts';
import { accepted, refusalCode } from '../results.ts';
import type { Subject } from './options.ts';
import type { Puppet, PuppetStage } from './puppets.ts';
import type { Stage } from './stage.ts';

const owner = createIdentity('owner of three puppets').getPrincipal();
const nobody = createIdentity('owner of nothing').getPrincipal();

/** A query that asks for nothing in particular, by agents' values. */
const ANY = {
  creator: [] as [] | [Principal],
  holder: [] as [],
  status: [] as [] | [string],
  version: [] as [] | [string],
  namePrefix: [] as [] | [string],
  createdFrom: [] as [],
  createdBefore: [] as [],
  publicOnly: false,
};

type Cursor = [] | [Uint8Array | number[]];
type Page = [{ cursor: Cursor; limit: [number] }];
interface Rows {
  readonly contracts: readonly { readonly id: Principal }[];
  readonly next: Cursor;
}

/** Who finds what at the factory, page by page. */
export function describeReads(
  { definition }: Subject,
  stage: () => Stage,
  puppets: () => PuppetStage,
): void {
  describe('reads', () => {
    let made: Puppet[];
    const factory = () => puppets().factory.actor;

    beforeAll(async () => {
      made = [];
      for (let count = 0; count < 3; count += 1) made.unshift(await puppets().order(owner));
    });

    it("a user's contracts come in pages, newest first, none twice", async () => {
      const mine = await everyPage(2, async (page) => {
        const { contracts, next } = await factory().getMyContracts(owner, page);
        return { contracts: contracts.map(({ contract }) => contract), next };
      });
      expect(mine).toEqual(ids(made));
    });

    it('so do public contracts, with those of others among them', async () => {
      const all = await everyPage(2, (page) => factory().getPublicContracts(page));
      expect(all.slice(0, 3)).toEqual(ids(made));
      expect(new Set(all).size).toBe(all.length);
    });

    it('queries combine creator, status, version and name', async () => {
      const { name } = accepted(await factory().getContractInfo(made[0]!.id));
      const query: typeof ANY = {
        ...ANY,
        creator: [owner],
        status: [statusesOf(definition)[0]!],
        version: [definition.version],
        namePrefix: [name.slice(0, 3)],
      };
      expect(await everyPage(2, (page) => factory().queryContracts(query, page))).toEqual(
        ids(made),
      );
      const misses: Partial<typeof ANY>[] = [
        { creator: [nobody] },
        { status: ['no-such'] },
        { version: ['9999.9.9'] },
        { namePrefix: ['no such name'] },
      ];
      for (const miss of misses) {
        const { contracts } = await factory().queryContracts({ ...query, ...miss }, []);
        expect(contracts).toEqual([]);
      }
    });

    it('a contract that is not public is found by its creator, and not by strangers', async () => {
      const [hidden, ...open] = made as [Puppet, ...Puppet[]];
      accepted(await hidden.calls.notifyVisibilityChanged(hidden.id, false, 0n));
      const query = { ...ANY, creator: [owner] as [Principal] };
      const found = () => everyPage(2, (page) => factory().queryContracts(query, page));
      factory().setPrincipal(nobody);
      expect(await found()).toEqual(ids(open));
      factory().setPrincipal(owner);
      expect(await found()).toEqual(ids(made));
      factory().setIdentity(ADMINISTRATOR);
      accepted(await hidden.calls.notifyVisibilityChanged(hidden.id, true, 1n));
    });

    it('a page has at least one row and at most what the interface says, whatever was asked for', async () => {
      const { contracts } = await factory().getMyContracts(owner, [{ cursor: [], limit: [0] }]);
      expect(contracts).toHaveLength(1);
      const all = await factory().getMyContracts(owner, [{ cursor: [], limit: [2 ** 32 - 1] }]);
      expect(all.contracts).toHaveLength(made.length);
      const foreign = new Uint8Array(32).fill(7);
      const page = [{ cursor: [foreign] as [Uint8Array], limit: [] as [] }] as const;
      // A cursor that nobody gave: an answer like any other, never a trap.
      expect((await factory().getMyContracts(owner, [...page])).contracts.length).toBeLessThan(4);
    });

    it('a user without contracts has an empty page', async () => {
      expect(await factory().getMyContracts(nobody, [])).toEqual({ contracts: [], next: [] });
    });

    it('a role that the definition does not have is refused', async () => {
      const answer = await factory().getContractsByRole('no-such', owner, []);
      expect(refusalCode(answer)).toBe('factory.unknown_role');
    });

    it('a contract of another factory is unknown', async () => {
      const answer = await factory().getContractInfo(stage().first.id);
      expect(refusalCode(answer)).toBe('factory.unknown_contract');
    });
  });
}

/** The contracts on all pages, `limit` rows each. @throws if the pages do not end. */
async function everyPage(limit: number, read: (page: Page) => Promise<Rows>): Promise<string[]> {
  const found: string[] = [];
  let cursor: Cursor = [];
  for (let pages = 0; pages < 20; pages += 1) {
    const { contracts, next }: Rows = await read([{ cursor, limit: [limit] }]);
    expect(contracts.length).toBeLessThanOrEqual(limit);
    found.push(...contracts.map(({ id }) => id.toText()));
    if (next.length === 0) return found;
    cursor = next;
  }
  throw new Error('The pages do not end');
}

function ids(puppets: readonly Puppet[]): string[] {
  return puppets.map(({ id }) => id.toText());
}
