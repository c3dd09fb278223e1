import { handle } from '@fabrica/core/canister';

import { TemplateContract } from '../../candid.ts';
import { admit, dismiss, membersOf } from './membership.ts';

const { methods } = TemplateContract;
const identified = { audience: 'identified' } as const;

/** Makes somebody keeper. By the owner. */
export const addKeeper = handle(
  methods.addKeeper,
  (user, context) => admit('keeper', user, context),
  identified,
);

/** Takes the role away. By the owner. */
export const removeKeeper = handle(
  methods.removeKeeper,
  (user, context) => dismiss('keeper', user, context),
  identified,
);

/** Everybody who is keeper. */
export const getKeepers = handle(methods.getKeepers, () => membersOf('keeper'));
