import { contractMethods } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { changeAlone } from '../../model/change-alone.ts';
import { wakeExecutions } from './execution.ts';
import { wallet } from './wallet.ts';

/** In place of the kernel's: what an owner decides elsewhere, here the signers decide. */
export const setVisibility = handle(contractMethods.setVisibility, (isPublic, context) => {
  const changed = changeAlone(wallet, { SetVisibility: isPublic }, context);
  wakeExecutions();
  return changed;
});

/** In place of the kernel's, for the same reason: whoever upgrades the wallet could take it over. */
export const setAutoUpdate = handle(contractMethods.setAutoUpdate, (allowed, context) => {
  const changed = changeAlone(wallet, { SetAutoUpdate: allowed }, context);
  wakeExecutions();
  return changed;
});
