import { handle } from '@fabrica/core/canister';

import { TemplateContract } from '../../candid.ts';
import { countOf, withDeed } from '../../model/activity.ts';
import { refuseNonMember } from './membership.ts';
import { activity } from './state.ts';

/** Done by keepers only, and recorded. Answers how often it was done. */
export const sampleAction = handle(
  TemplateContract.methods.sampleAction,
  (context) => {
    const refused = refuseNonMember('keeper', context);
    if (refused !== null) return refused;
    activity.set(withDeed(activity.get(), 'sampleAction', context.caller, context.now));
    return { Ok: countOf(activity.get(), 'sampleAction') };
  },
  { audience: 'identified' },
);
