import type { Result } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import type { Action } from '../../schemas/actions.ts';
import type { Ballot } from '../../schemas/proposals.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { refuseAction } from '../actions/refuse-action.ts';
import { rosterOf } from '../config/roster.ts';
import type { Moment } from '../moment.ts';
import { requirementOf } from '../policy/requirement.ts';
import { subjectOf } from '../policy/subject.ts';
import { chargeOf, refuseSpending, type Charge } from '../policy/usage.ts';
import { inForce } from '../proposals/ballot.ts';
import { dayOf } from '../time.ts';
import type { Wallet } from '../wallet.ts';

/**
 * Judges an action right before it is done: the wallet may have changed since it was proposed, approved,
 * or since the action before it.
 *
 * @returns what it takes of a daily limit, or why it may not be done.
 */
export function permit(
  wallet: Wallet,
  ballot: Ballot,
  actions: readonly Action[],
  position: number,
  { now, self }: Moment,
): Result<Charge | null> {
  const config = wallet.config.get();
  const action = actions[position]!;
  // A proposal's own changes do not take its approvals away; what others changed meanwhile may.
  if (config.revision !== ballot.revision && !isApproved(config, ballot, actions, now, self)) {
    return multisigErrors.approvals_gone();
  }
  if ('Change' in action) return { Ok: null };
  if (config.paused !== null) return multisigErrors.paused();
  const subject = subjectOf(action, self);
  const refused = refuseAction(config, action, subject, position, self);
  if (refused !== null) return refused;
  const charge = chargeOf(config, subject, now);
  const spent = charge === null ? 0n : wallet.usage.spent(charge.ledger, dayOf(now));
  return refuseSpending(config, subject, spent, position) ?? { Ok: charge };
}

/** True if the approvals that the policy of today asks for are there, and have been long enough. */
export function isApproved(
  config: WalletConfig,
  { approvals, recovery, passedAt }: Ballot,
  actions: readonly Action[],
  now: bigint,
  self: Uint8Array,
): boolean {
  const { required, timelock } = requirementOf(config, actions, recovery, self);
  const voters = rosterOf(config).voters(recovery);
  return passedAt !== null && now >= passedAt + timelock && inForce(approvals, voters) >= required;
}
