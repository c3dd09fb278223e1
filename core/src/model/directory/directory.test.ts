import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyDecoder, bodyEncoder, c, EncodedVec } from '../../candid/index.ts';
import type { ContractEvent } from '../../factory/events.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { MyContract } from '../../factory/types.ts';
import { keyspaces, MemoryStore, u32 } from '../../store/index.ts';
import type { RowPage } from '../indexes/index.ts';
import { Directory, REFRESH_SLICE } from './directory.ts';
import type { Lists } from './lists.ts';

const spaceNames = {
  records: 0,
  infos: 1,
  lists: 2,
  members: 3,
  facets: 4,
  fronts: 5,
  mains: 6,
} as const;
const ROLES = ['signer', 'observer'] as const;

const user = (index: number) => Uint8Array.of(index, 0xaa, 2);
const canister = (index: number) => Uint8Array.of(0, 0, 0, index, 1, 1);
const contract = (index: number, owner: Uint8Array) => ({
  id: canister(index),
  owner,
  name: `Contract ${index}`,
  status: 'active',
  isPublic: true,
  managed: true,
  version: '1.0.0',
  moduleHash: new Uint8Array(32).fill(7),
  createdAt: BigInt(index),
});

describe('directory', () => {
  test('a contract is found by its creator, by its canister and among the public ones', () => {
    const { directory } = fresh();
    const info = directory.add(contract(0, user(1)), [{ role: 'signer', principal: user(2) }]);
    expect(directory.numberOf(canister(0))).toBe(0);
    expect(directory.info(0)).toEqual(info);
    expect(mine(directory, user(1))).toEqual([{ contract: info, roles: ['creator'] }]);
    expect(mine(directory, user(2))).toEqual([{ contract: info, roles: ['signer'] }]);
    expect(mine(directory, user(3))).toEqual([]);
    expect(listed(directory)).toEqual([info]);
  });

  test('adding the same canister twice changes nothing', () => {
    const { directory } = fresh();
    const first = directory.add(contract(0, user(1)), []);
    expect(directory.add(contract(0, user(2)), [])).toEqual(first);
    expect(directory.size).toBe(1);
    expect(mine(directory, user(2))).toEqual([]);
  });

  test('a change reaches every list, past one slice by refreshes', () => {
    const { directory } = fresh();
    directory.add(contract(0, user(0)), []);
    for (let index = 1; index <= REFRESH_SLICE * 2; index += 1) {
      directory.apply(0, [{ RoleAdded: { role: 'signer', user: user(index) } }]);
    }
    let left = directory.apply(0, [{ StatusChanged: 'paused' }]);
    let slices = 0;
    for (; left !== null; slices += 1) left = directory.refresh(left);
    expect(slices).toBe(2);
    for (let index = 0; index <= REFRESH_SLICE * 2; index += 1) {
      expect(mine(directory, user(index)).map((row) => row.contract.status)).toEqual(['paused']);
    }
  });

  test('pages follow each other without gap or repetition', () => {
    const { directory } = fresh();
    for (let index = 0; index < 130; index += 1) directory.add(contract(index, user(1)), []);
    const numbers: number[] = [];
    let cursor: Uint8Array | null = null;
    do {
      const page: ReturnType<Lists['mine']> = directory.lists.mine(user(1), cursor, 50);
      numbers.push(...mineOf(page).map((row) => row.contract.number));
      cursor = page.next === null ? null : u32(page.next);
    } while (cursor !== null);
    expect(numbers).toEqual(Array.from({ length: 130 }, (_, index) => 129 - index));
  });

  test('reading a page of 50 costs the same among 10 contracts of others and among 1,000', () => {
    const cost = (others: number) => {
      const { directory, store } = fresh();
      for (let index = 0; index < others; index += 1) directory.add(contract(index, user(9)), []);
      for (let index = 0; index < 50; index += 1) {
        directory.add({ ...contract(index, user(1)), id: Uint8Array.of(1, index, 1, 1) }, []);
      }
      store.operations.get = 0;
      directory.lists.mine(user(1), null, 50);
      return store.operations.get;
    };
    expect(cost(10)).toBeLessThanOrEqual(2);
    expect(cost(1000)).toBe(cost(10));
  });

  test('lists equal a plain model under random events and restarts', () => {
    const event: fc.Arbitrary<ContractEvent> = fc.oneof(
      fc.record({ RoleAdded: roleChange() }),
      fc.record({ RoleRemoved: roleChange() }),
      fc.record({ StatusChanged: fc.constantFrom('active', 'paused') }),
      fc.record({ VisibilityChanged: fc.boolean() }),
      fc.constant({ DeploymentComplete: null }),
    );
    const step = fc.oneof(
      { weight: 1, arbitrary: fc.record({ add: fc.nat(4) }) },
      {
        weight: 4,
        arbitrary: fc.record({ to: fc.nat(5), events: fc.array(event, { maxLength: 3 }) }),
      },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { store, directory: first } = fresh();
        let directory = first;
        const model: { info: ContractInfo; roles: Map<number, Set<string>>; events: number }[] = [];
        for (const action of steps) {
          if (action === 'restart') directory = open(store);
          else if ('add' in action) {
            const info = directory.add(contract(model.length, user(action.add)), []);
            model.push({ info, roles: new Map([[action.add, new Set(['creator'])]]), events: 0 });
          } else {
            const target = model[action.to];
            if (target === undefined) continue;
            directory.apply(action.to, action.events);
            target.events += action.events.length;
            for (const one of action.events) applyToModel(target, one);
          }
        }
        for (let index = 0; index < 5; index += 1) {
          const expected = model
            .filter(({ roles }) => (roles.get(index)?.size ?? 0) > 0)
            .map(({ info, roles }) => ({
              contract: info,
              roles: ['creator', ...ROLES].filter((role) => roles.get(index)!.has(role)),
            }));
          expect(mine(directory, user(index))).toEqual(expected.reverse());
        }
        const visible = model.map(({ info }) => info).filter(({ isPublic }) => isPublic);
        expect(listed(directory)).toEqual(visible.reverse());
        model.forEach(({ events, info }, number) => {
          expect(directory.nextEvent(number)).toBe(BigInt(events));
          expect(directory.info(number)).toEqual(info);
        });
      }),
    );
  });
});

function roleChange() {
  return fc.record({ role: fc.constantFrom(...ROLES), user: fc.nat(4).map(user) });
}

function applyToModel(
  target: { info: ContractInfo; roles: Map<number, Set<string>> },
  event: ContractEvent,
): void {
  if ('StatusChanged' in event) target.info = { ...target.info, status: event.StatusChanged };
  if ('VisibilityChanged' in event) {
    target.info = { ...target.info, isPublic: event.VisibilityChanged };
  }
  if ('RoleAdded' in event) {
    const held = target.roles.get(event.RoleAdded.user[0]!) ?? new Set();
    target.roles.set(event.RoleAdded.user[0]!, held.add(event.RoleAdded.role));
  }
  if ('RoleRemoved' in event) {
    target.roles.get(event.RoleRemoved.user[0]!)?.delete(event.RoleRemoved.role);
  }
}

function fresh() {
  const store = new MemoryStore();
  return { store, directory: open(store) };
}

function open(store: MemoryStore): Directory {
  return new Directory(keyspaces(store, spaceNames), ROLES);
}

function mine(directory: Directory, principal: Uint8Array): MyContract[] {
  return mineOf(directory.lists.mine(principal, null, 100));
}

function mineOf({ count, runs }: RowPage): MyContract[] {
  return rows(MyContract, new EncodedVec(MyContract, count, ...runs));
}

function listed(directory: Directory): ContractInfo[] {
  return rows(ContractInfo, directory.publicContracts(null, 100).contracts);
}

/** The values of rows that are Candid already. */
function rows<S extends typeof MyContract | typeof ContractInfo>(
  schema: S,
  vec: EncodedVec<unknown>,
) {
  const list = c.vec(schema, { max: 1000 });
  const bytes = bodyEncoder(list)(vec as never);
  return [...bodyDecoder(list)(bytes)] as never as S extends typeof MyContract
    ? MyContract[]
    : ContractInfo[];
}

test('u32 cursors are what lists hand out', () => {
  const { directory } = fresh();
  for (let index = 0; index < 3; index += 1) directory.add(contract(index, user(1)), []);
  expect(directory.lists.mine(user(1), null, 2).next).toBe(1);
  expect(mineOf(directory.lists.mine(user(1), u32(1), 2))).toHaveLength(1);
});
