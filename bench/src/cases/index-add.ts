import { Shelves } from '../canisters/services.ts';
import { instructions, type CaseGroup } from '../figure.ts';
import { Lab, principal } from '../lab/lab.ts';
import { benchModule } from '../lab/modules.ts';

/** Adds in a row over which one is averaged: several times what fills a page. */
const RUN = 96;
/** Rows added in one message while filling, within the limit of instructions. */
const STRIDE = 1_000;

/** Users whose lists lie beside those measured, with one to this many rows. */
const OTHERS = 60;
const OTHERS_ROWS = 20;
const FEW = 1;
const MANY = 2;

/** What it costs to put a contract into a user's list, by how many the list has. */
export const indexAdd: CaseGroup = {
  name: 'index-add',
  heavy: false,
  async run() {
    const lab = new Lab();
    const { id } = await lab.launch(await benchModule('shelves.ts', Shelves));
    const add = (user: number, from: number, count: number) =>
      lab.call(Shelves, id, 'add', [principal(user), from, count]);
    const fill = async (user: number, rows: number) => {
      for (let from = 0; from < rows; from += STRIDE) {
        await add(user, from, Math.min(STRIDE, rows - from));
      }
    };
    const average = async (user: number, rows: number) => {
      const empty = await add(user, rows, 0);
      const run = await add(user, rows, RUN);
      return Math.round((run.instructions - empty.instructions) / RUN);
    };
    // Before anything is measured, so that the two differ in nothing but the length of the list.
    for (let other = 0; other < OTHERS; other += 1)
      await add(10 + other, 0, 1 + (other % OTHERS_ROWS));
    await add(FEW, 0, 10);
    await fill(MANY, 10_000);
    return [
      instructions('core.index-add-10', await average(FEW, 10)),
      instructions('core.index-add-10000', await average(MANY, 10_000)),
    ];
  },
};
