import { readFile } from 'node:fs/promises';
import type { CaseGroup } from '../figure.ts';
import { Lab } from '../lab/lab.ts';
import { compilePeer } from '../lab/motoko.ts';
import { measurePeer } from '../peers/measure.ts';
import { AzlePeer, MotokoPeer } from '../peers/services.ts';
import { stockAzle } from '../peers/stock-azle.ts';

/** The mission's index design in Motoko, among 100,000 contracts. */
export const motoko: CaseGroup = {
  name: 'motoko',
  heavy: true,
  async run() {
    const lab = new Lab();
    const source = await readFile(new URL('../peers/directory.mo', import.meta.url), 'utf8');
    const { id } = await lab.launch(await compilePeer(source));
    return measurePeer(lab, MotokoPeer, id, { contracts: 90_000, large: 10_000 }, BigInt);
  },
};

/** The same as azle's examples would do it. A thousand contracts: more only make it slower. */
export const azle: CaseGroup = {
  name: 'azle',
  heavy: true,
  async run() {
    const lab = new Lab();
    const { id } = await lab.launch(await stockAzle());
    const size = { contracts: 1_000, large: 0 };
    return measurePeer(lab, AzlePeer as unknown as typeof MotokoPeer, id, size, (value) => value);
  },
};
