import type { Refused, Result } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import type { Ballot } from '../../schemas/proposals.ts';
import { checkActions } from '../actions/check-actions.ts';
import type { Moment } from '../moment.ts';
import { STATE } from '../proposals/ballot.ts';
import { keep, touch, wrongState } from '../proposals/keep.ts';
import { dayOf } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { isApproved } from './permit.ts';

/**
 * Begins the execution of an approved proposal. Refused, it stays approved, and can be tried again until
 * it expires: on another day, after a pause.
 *
 * @param actor who asks for it; `null` if its time has come.
 */
export function begin(
  wallet: Wallet,
  id: number,
  actor: Uint8Array | null,
  moment: Moment,
): Result<null> {
  const touched = touch(wallet, id, moment.now);
  if ('Err' in touched) return touched;
  const ballot = touched.Ok;
  if (!('Approved' in ballot.state)) return wrongState(id, ballot, 'Approved');
  const refused = refuseExecution(wallet, id, ballot, moment);
  if (refused !== null) return refused;
  const { revision } = wallet.config.get();
  wallet.register.batch(() => {
    wallet.note({ ExecutionBegun: null }, actor, moment.now, id);
    keep(wallet, id, { ...ballot, state: STATE.Executing, revision }, moment.now);
  });
  return { Ok: null };
}

function refuseExecution(
  wallet: Wallet,
  id: number,
  ballot: Ballot,
  { now, self }: Moment,
): Refused | null {
  const config = wallet.config.get();
  const { actions } = wallet.contents.get(id);
  if (config.paused !== null && !actions.every((action) => 'Change' in action)) {
    return multisigErrors.paused();
  }
  if (!isApproved(config, ballot, actions, now, self)) return multisigErrors.approvals_gone();
  const day = dayOf(now);
  const checked = checkActions(config, actions, self, (ledger) => wallet.usage.spent(ledger, day));
  return 'Err' in checked ? checked : null;
}
