import { accepted, actorFor } from '@fabrica/testing';
import { testReleases, type LiveContract } from '@fabrica/testing/releases';
import { createIdentity } from '@hadronous/pic';

import { TemplateContract, templateFactory } from '../src/index.ts';
import { sampleOrder } from '../src/model/testing.ts';

testReleases(templateFactory, {
  order: ({ owner, other }) => sampleOrder(owner, other),

  async use(contract, round) {
    const made = asOwner(contract);
    const user = createIdentity(`user ${round}`).getPrincipal();
    // <role>
    accepted(await made.addKeeper(user));
    // </role>
    // <action>
    // Taken or refused: either is this contract's history.
    await made.sampleAction();
    // </action>
  },

  async read(contract) {
    const made = asOwner(contract);
    return [
      await made.getOrder(),
      await made.getActivity(),
      // <role>
      await made.getKeepers(),
      // </role>
    ];
  },
});

function asOwner({ pic, id, owner }: LiveContract) {
  const made = actorFor(pic, TemplateContract, id);
  made.setIdentity(owner);
  return made;
}
