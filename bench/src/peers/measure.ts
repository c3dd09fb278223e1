import { instructions, type Figure } from '../figure.ts';
import { contractId, user } from '../cases/contracts.ts';
import type { Lab } from '../lab/lab.ts';
import type { MotokoPeer } from './services.ts';

/** What to measure of a peer. */
export interface PeerSize {
  /** Contracts in all, in lists of 50. */
  readonly contracts: number;
  /** How many more one user has. */
  readonly large: number;
}

/** The four queries and two updates that Fabrica is compared by, of a peer with the same contracts. */
export async function measurePeer(
  lab: Lab,
  service: typeof MotokoPeer,
  id: Uint8Array,
  { contracts, large }: PeerSize,
  count: (value: number) => unknown,
): Promise<Figure[]> {
  const call = (method: keyof typeof service.methods, ...args: unknown[]) =>
    lab.call(service, id, method, args);
  const fill = (who: number, from: number, rows: number) =>
    call('fill', user(who), count(from), count(rows), SAMPLE);

  for (let from = 0; from < contracts; from += 50) await fill(1 + from / 50, from, 50);
  for (let from = 0; from < large; from += 500) await fill(0, contracts + from, 500);

  const page = async (who: number) => {
    const read = await call('getMyContracts', user(who), count(50));
    if ((read.value as unknown[]).length !== 50) throw new Error('A page is not full');
    return read.instructions;
  };
  const add = async (who: number, rows: number) => {
    const sent = await call('add', user(who), count(0), count(rows));
    return sent.instructions;
  };
  const named = (name: string, value: number) => instructions(`${service.name}.${name}`, value);
  const rows = large > 0 ? large : 50;
  return [
    named('trivial-query', (await call('read')).instructions),
    named('trivial-update', (await call('write')).instructions),
    named(`my-contracts-${contracts + large}`, await page(5)),
    named(`my-contracts-of-${rows}`, await page(large > 0 ? 0 : 7)),
    named(`index-add-${rows}`, (await add(large > 0 ? 0 : 8, 1)) - (await add(9, 0))),
  ];
}

const SAMPLE = {
  id: contractId(1),
  number: 0,
  owner: user(1),
  name: 'Contract 12345',
  status: 'active',
  isPublic: true,
  managed: true,
  version: '1.0.0',
  moduleHash: new Uint8Array(32).fill(7),
  createdAt: 1_750_000_000_000_000_000n,
};
