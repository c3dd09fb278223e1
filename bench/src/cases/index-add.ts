import { Shelves } from '../canisters/services.ts';
import { instructions, type CaseGroup } from '../figure.ts';
import { Lab, principal } from '../lab/lab.ts';
import { benchModule } from '../lab/modules.ts';

/** Adds in a row over which one is averaged: several times what fills a page. */
const RUN = 96;
/** Rows added in one message while filling, within the limit of instructions. */
const STRIDE = 1_000;

/** What it costs to put a contract into a user's list, by how many the list has. */
export const indexAdd: CaseGroup = {
  name: 'index-add',
  heavy: false,
  async run() {
    const lab = new Lab();
    const { id } = await lab.launch(await benchModule('shelves.ts', Shelves));
    const add = (user: number, from: number, count: number) =>
      lab.call(Shelves, id, 'add', [principal(user), from, count]);
    const average = async (user: number, rows: number) => {
      for (let from = 0; from < rows; from += STRIDE) {
        await add(user, from, Math.min(STRIDE, rows - from));
      }
      const empty = await add(user, rows, 0);
      const run = await add(user, rows, RUN);
      return Math.round((run.instructions - empty.instructions) / RUN);
    };
    return [
      instructions('core.index-add-10', await average(1, 10)),
      instructions('core.index-add-10000', await average(2, 10_000)),
    ];
  },
};
