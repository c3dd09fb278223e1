import { accepted, actorFor } from '@fabrica/testing';
import { testReleases, type LiveContract } from '@fabrica/testing/releases';
import { createIdentity } from '@hadronous/pic';

import { TemplateContract, templateFactory } from '../src/index.ts';
import { sampleOrder } from '../src/model/testing.ts';

testReleases(templateFactory, {
  order: ({ owner, other }) => sampleOrder(owner, other),

  async use(contract, round) {
    const template = asOwner(contract);
    const user = createIdentity(`user ${round}`).getPrincipal();
    // <role>
    accepted(await template.addKeeper(user));
    // </role>
    // <action>
    // Taken or refused: either is this contract's history.
    await template.sampleAction();
    // </action>
  },

  async read(contract) {
    const template = asOwner(contract);
    return [
      await template.getOrder(),
      await template.getActivity(),
      // <role>
      await template.getKeepers(),
      // </role>
    ];
  },
});

function asOwner({ pic, id, owner }: LiveContract) {
  const template = actorFor(pic, TemplateContract, id);
  template.setIdentity(owner);
  return template;
}
