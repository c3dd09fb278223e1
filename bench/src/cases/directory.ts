import { TokenFactory } from '@fabrica/token';
import { bytes, instructions, type CaseGroup, type Figure } from '../figure.ts';
import { Lab } from '../lab/lab.ts';
import { launchRelay, relay } from '../lab/relay.ts';
import { filledFactory, user, type FilledFactory } from './contracts.ts';

const FIRST_PAGE = { cursor: null, limit: 50 };
/** User 0 of a large factory has this many contracts. */
const LARGE = 10_000;

/** Queries and callbacks of a factory with a thousand contracts. */
export const directory: CaseGroup = {
  name: 'directory',
  heavy: false,
  async run() {
    const lab = new Lab();
    const empty = await filledFactory(lab, 0);
    const contract = await launchRelay(lab);
    const factory = await filledFactory(lab, 1_000, { renamed: new Map([[999, contract]]) });
    return [
      instructions('core.factory-upgrade-empty', empty.upgrade),
      instructions('core.my-contracts-1000', await myContracts(lab, factory, 5)),
      ...(await callbacks(lab, factory, contract)),
    ];
  },
};

/** The same among a hundred thousand contracts, of which one user has ten thousand. */
export const largeDirectory: CaseGroup = {
  name: 'large-directory',
  heavy: true,
  async run() {
    const lab = new Lab();
    const empty = await filledFactory(lab, 0);
    const count = 100_000;
    const factory = await filledFactory(lab, count, { large: LARGE });
    const stored = (factory.stableBytes - empty.stableBytes) / count;
    return [
      instructions('core.my-contracts-100000', await myContracts(lab, factory, 5)),
      instructions('core.my-contracts-of-10000', await myContracts(lab, factory, 0)),
      instructions('core.factory-upgrade-100000', factory.upgrade),
      bytes('core.stable-bytes-per-contract', Math.ceil(stored)),
    ];
  },
};

async function myContracts(lab: Lab, { id }: FilledFactory, of: number): Promise<number> {
  const page = await lab.call(TokenFactory, id, 'getMyContracts', [user(of), FIRST_PAGE]);
  const { contracts } = page.value as { contracts: unknown[] };
  if (contracts.length !== FIRST_PAGE.limit) throw new Error(`A page of ${contracts.length}`);
  return page.instructions;
}

/** Callbacks of the newest contract: about a user with many contracts, and about a new one. */
async function callbacks(lab: Lab, { id }: FilledFactory, contract: Uint8Array): Promise<Figure[]> {
  let sequence = 0n;
  const notify = async (method: 'notifyHolderAdded' | 'notifyHolderRemoved', of: number) => {
    const args = [contract, user(of), sequence] as const;
    sequence += 1n;
    return relay(lab, contract, id, TokenFactory, method, args);
  };
  // The first callback after an upgrade also reads what is then kept on the heap: totals, and one page of
  // what is told of contracts.
  const first = await notify('notifyHolderAdded', 7_000);
  return [
    instructions('core.role-callback-first', first),
    instructions('core.role-callback-added', await notify('notifyHolderAdded', 5)),
    instructions('core.role-callback-removed', await notify('notifyHolderRemoved', 5)),
    instructions('core.role-callback-new-user', await notify('notifyHolderAdded', 7_001)),
  ];
}
