import { accepted, actorFor } from '@fabrica/testing';
import { testFactory, type OwnedContract } from '@fabrica/testing/conformance';

import { TemplateContract, templateFactory } from '../src/index.ts';
import { sampleOrder } from '../src/model/testing.ts';

testFactory(templateFactory, {
  order: ({ owner, other }) => sampleOrder(owner, other),
  invalidOrder: { order: () => ({ ...sampleOrder(), name: '' }), code: 'template.name_length' },
  contractService: TemplateContract,
  refusedToStrangers: [
    // <role>
    'addKeeper',
    'removeKeeper',
    // </role>
    // <action>
    'sampleAction',
    // </action>
  ],
  roleChanges: [
    // <role>
    {
      role: 'keeper',
      add: async (contract, user) => accepted(await asOwner(contract).addKeeper(user)),
      remove: async (contract, user) => accepted(await asOwner(contract).removeKeeper(user)),
    },
    // </role>
  ],
});

function asOwner({ pic, id, owner }: OwnedContract) {
  const contract = actorFor(pic, TemplateContract, id);
  contract.setIdentity(owner.identity);
  return contract;
}
