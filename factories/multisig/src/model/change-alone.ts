import type { Result } from '@fabrica/core';

import { multisigErrors } from '../errors.ts';
import type { Change } from '../schemas/changes.ts';
import { changeName } from './config/apply-change.ts';
import { rosterOf } from './config/roster.ts';
import { applyOwnChange } from './execution/own-change.ts';
import type { Moment } from './moment.ts';
import { requirementOf } from './policy/requirement.ts';
import type { Wallet } from './wallet.ts';

/**
 * Changes the wallet without a proposal: only where the policy would have the caller's approval alone
 * suffice, at once. Contracts offer their owner such methods; a wallet leaves it to its signers.
 */
export function changeAlone(wallet: Wallet, change: Change, moment: Moment): Result<null> {
  const config = wallet.config.get();
  const need = requirementOf(config, [{ Change: change }], false, moment.self);
  const signer = rosterOf(config).has(moment.caller, 'signer');
  if (!signer || need.required > 1 || need.timelock > 0n) {
    return multisigErrors.by_proposal({ change: changeName(change) });
  }
  return applyOwnChange(wallet, null, change, moment);
}
