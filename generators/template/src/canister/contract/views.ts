import { handle } from '@fabrica/core/canister';

import { TemplateContract } from '../../candid.ts';
import { activity, order } from './state.ts';

const { methods } = TemplateContract;

/** What was ordered. */
export const getOrder = handle(methods.getOrder, () => order.get());

/** Who did what, and how often. */
export const getActivity = handle(methods.getActivity, () => activity.get());
