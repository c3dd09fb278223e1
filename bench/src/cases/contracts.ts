import { encoder } from '@fabrica/core/candid';
import { keyspaces } from '@fabrica/core/store';
import { builtModule } from '@fabrica/testing';
import { TokenFactory } from '@fabrica/token';
import { Directory } from '../../../core/src/model/directory/directory.ts';
import { type Lab, OPERATOR, principal } from '../lab/lab.ts';
import { load } from '../lab/load.ts';
import { PreparedStore } from '../lab/prepared-store.ts';

/** Contracts that each user but the large one created; each holds as many of somebody else. */
const EACH = 50;
const CREATED_AT = 1_750_000_000_000_000_000n;

/** Who has created how many of the contracts of a {@link filledFactory}. */
export const user = (number: number): Uint8Array => principal(number);
/** The canister of a contract. */
export function contractId(number: number): Uint8Array {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setUint32(4, number);
  bytes.set([1, 1], 8);
  return bytes;
}

/**
 * The stored form of `count` contracts, of which the first `first` are all user 0's: one store for each stable
 * map.
 *
 * @param renamed canisters of contracts that have others than {@link contractId} says.
 */
export function contracts(
  count: number,
  first: number,
  renamed: ReadonlyMap<number, Uint8Array> = new Map(),
): readonly PreparedStore[] {
  const stores = [new PreparedStore(), new PreparedStore(), new PreparedStore()] as const;
  // The keyspaces of core/src/canister/factory/kernel.ts.
  const small = keyspaces(stores[0], { records: 6, infos: 7, lists: 8, members: 9, facets: 11 });
  const { fronts } = keyspaces(stores[1], { fronts: 0 });
  const { mains } = keyspaces(stores[2], { mains: 0 });
  const directory = new Directory({ ...small, fronts, mains }, ['holder']);
  const users = Math.max(2, Math.floor((count - first) / EACH));
  for (let number = 0; number < count; number += 1) {
    const owner = number < first ? 0 : 1 + (number % users);
    const holder = 1 + ((number * 7 + 3) % users);
    directory.add(
      {
        id: renamed.get(number) ?? contractId(number),
        owner: user(owner),
        name: `Contract ${number}`,
        status: 'active',
        isPublic: true,
        managed: true,
        version: '1.0.0',
        moduleHash: new Uint8Array(32).fill(7),
        createdAt: CREATED_AT + BigInt(number),
      },
      [{ role: 'holder', principal: user(holder === owner ? 1 + (owner % users) : holder) }],
    );
  }
  return stores;
}

/** A factory canister with contracts, running the module that is released. */
export interface FilledFactory {
  readonly id: Uint8Array;
  /** Instructions of the upgrade that brought the module in. */
  readonly upgrade: number;
  /** Bytes of stable memory, in whole buckets of 8 MiB. */
  readonly stableBytes: number;
}

/**
 * Makes a factory with contracts.
 *
 * @param options.large how many of them user 0 has.
 * @param options.renamed see {@link contracts}.
 */
export async function filledFactory(
  lab: Lab,
  count: number,
  { large = 0, renamed = new Map<number, Uint8Array>() } = {},
): Promise<FilledFactory> {
  const factory = builtModule('token_factory').wasm;
  const init = encoder(TokenFactory.init)([{ administrators: [OPERATOR], gateways: [] }]);
  const { id } = await lab.launch(factory, init);
  const upgrade =
    count === 0
      ? await lab.install(id, factory, undefined, 'upgrade')
      : await load(lab, id, factory, ...contracts(count, large, renamed));
  return { id, upgrade, stableBytes: lab.network.stableMemory(id).length };
}
