import type { Result } from '@fabrica/core';

import type { Change } from '../../schemas/changes.ts';
import { applyChange, changeName } from '../config/apply-change.ts';
import type { Moment } from '../moment.ts';
import { requirementOf } from '../policy/requirement.ts';
import { isOpen, settled } from '../proposals/ballot.ts';
import { dueOf, keep } from '../proposals/keep.ts';
import type { Wallet } from '../wallet.ts';

/** Changes the wallet, tells those outside, and settles every open proposal under the new order of things. */
export function applyOwnChange(
  wallet: Wallet,
  proposal: number | null,
  change: Change,
  moment: Moment,
): Result<null> {
  const changed = applyChange(wallet.config.get(), change);
  if ('Err' in changed) return changed;
  wallet.config.set(changed.config);
  for (const effect of changed.effects) wallet.emit(effect);
  const actor = proposal === null ? moment.caller : null;
  wallet.note({ Changed: changeName(change) }, actor, moment.now, proposal);
  settleOpen(wallet, moment);
  return { Ok: null };
}

/**
 * Proposals need what the policy now asks, and lose votes of former members at once: a time-lock must not
 * run on while the approvals are not there.
 */
function settleOpen(wallet: Wallet, { now, self }: Moment): void {
  const config = wallet.config.get();
  for (const { id } of wallet.register.entries()) {
    const ballot = wallet.ballot(id);
    if (ballot === null) throw new Error(`Proposal ${id} is open and has no ballot`);
    if (!isOpen(ballot.state)) continue;
    const { actions } = wallet.contents.get(id);
    const need = requirementOf(config, actions, ballot.recovery, self);
    const same = need.required === ballot.required && need.timelock === ballot.timelock;
    const current = settled(same ? ballot : { ...ballot, ...need }, config, now);
    if (current !== ballot) keep(wallet, id, current, now);
    // What a pause or a spent limit had put off is tried again.
    else wallet.register.setDue(id, dueOf(ballot, now));
  }
}
