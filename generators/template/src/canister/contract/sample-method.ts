import { handle } from '@fabrica/core/canister';

import { TemplateContract } from '../../candid.ts';
import { countOf } from '../../model/activity.ts';
import { activity } from './state.ts';

/** How often anything was done. */
export const sampleMethod = handle(TemplateContract.methods.sampleMethod, () =>
  countOf(activity.get()),
);
