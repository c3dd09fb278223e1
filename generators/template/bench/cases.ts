import { instructions, Lab, principal, type CaseGroup } from '@fabrica/testing/bench';
import { encoder } from '@fabrica/core/candid';
import { builtModule } from '@fabrica/testing';

import { TemplateContract } from '../src/index.ts';
import { sampleOrder } from '../src/model/testing.ts';

const OWNER = principal(1);
const OTHER = principal(2);

/** What the contract's own methods cost. Each is called once before it is measured, as it is afterwards. */
export const cases: CaseGroup = {
  name: 'template',
  heavy: false,
  async run() {
    const lab = new Lab();
    const born = { factory: new Uint8Array(), owner: OWNER, order: sampleOrder(OWNER, OTHER) };
    const argument = encoder(TemplateContract.init)([born]);
    const { id, init } = await lab.launch(builtModule('template').wasm, argument);
    const measure = async (method: keyof typeof TemplateContract.methods, ...users: number[]) => {
      const call = (user?: number) => {
        const args = user === undefined ? [] : [principal(user)];
        return lab.call(TemplateContract, id, method, args, OWNER);
      };
      await call(users[0]);
      return (await call(users[1])).instructions;
    };
    return [
      instructions('template.contract-init', init),
      // <role>
      instructions('template.add-keeper', await measure('addKeeper', 11, 12)),
      // </role>
      // <method>
      instructions('template.sample-method', await measure('sampleMethod')),
      // </method>
      // <action>
      instructions('template.sample-action', await measure('sampleAction')),
      // </action>
    ];
  },
};
