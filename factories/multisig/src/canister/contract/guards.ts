import type { Refused } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';

import { multisigErrors } from '../../errors.ts';
import { rosterOf } from '../../model/config/roster.ts';
import { base } from './base.ts';
import { wallet } from './wallet.ts';

/** Why the caller may not look into this wallet, or `null`. */
export function refuseStranger({ caller }: Context): Refused | null {
  if (base.identity.get().isPublic || rosterOf(wallet.config.get()).find(caller) !== null) {
    return null;
  }
  return multisigErrors.private();
}
