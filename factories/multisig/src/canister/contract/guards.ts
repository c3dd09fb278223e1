import type { Refused } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';

import { multisigErrors } from '../../errors.ts';
import { isMember } from '../../model/config/roster.ts';
import { base, wallet } from './wallet.ts';

/** Why the caller may not look into this wallet, or `null`. */
export function refuseStranger({ caller }: Context): Refused | null {
  if (base.identity.get().isPublic || isMember(wallet.config.get(), caller)) return null;
  return multisigErrors.private();
}
