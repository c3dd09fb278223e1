import { Trivial } from '../canisters/services.ts';
import { instructions, type CaseGroup } from '../figure.ts';
import { Lab } from '../lab/lab.ts';
import { benchModule } from '../lab/modules.ts';

/** What a message costs that does nothing. */
export const runtime: CaseGroup = {
  name: 'runtime',
  heavy: false,
  async run() {
    const lab = new Lab();
    const { id } = await lab.launch(await benchModule('trivial.ts', Trivial));
    const read = await lab.call(Trivial, id, 'read', []);
    const write = await lab.call(Trivial, id, 'write', []);
    return [
      instructions('core.trivial-query', read.instructions),
      instructions('core.trivial-update', write.instructions),
    ];
  },
};
