import type { Refused, Result } from '@fabrica/core';
import { u32 } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import type { Ballot } from '../../schemas/proposals.ts';
import type { ProposalReceipt } from '../../schemas/views.ts';
import { rosterOf } from '../config/roster.ts';
import { MINUTE } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { executableAt, expiresAt, inForce, isOpen, settled, stateName } from './ballot.ts';

/** How long an execution may be silent before the wallet looks after it. */
export const LEASE = 10n * MINUTE;

/** Writes a ballot, and what follows from its state: lists, due time, log. */
export function keep(wallet: Wallet, id: number, ballot: Ballot, now: bigint): void {
  wallet.ballots.set(u32(id), ballot);
  const { state } = ballot;
  if (isOpen(state) || 'Executing' in state) {
    wallet.open.setDue(id, dueOf(ballot, now));
    return;
  }
  wallet.open.remove(id);
  wallet.closed.set(id, stateName(state));
  if ('Executed' in state) wallet.note({ Executed: null }, null, now, id);
  if ('Expired' in state) wallet.note({ Expired: null }, null, now, id);
  if ('Rejected' in state) wallet.note({ RejectedByVote: null }, null, now, id);
  if ('Failed' in state) wallet.note({ Failed: lastTried(ballot) }, null, now, id);
}

/** When a ballot that is not closed wants attention. */
export function dueOf(ballot: Ballot, now: bigint): bigint {
  const { state, autoExecute, attempt } = ballot;
  if ('Executing' in state) return attempt?.retryAt ?? now + LEASE;
  const ripe = executableAt(ballot);
  if (ripe === null || ('Approved' in state && !autoExecute)) return expiresAt(ballot);
  return ripe;
}

/** A proposal's ballot as it stands now, written if time or members have changed it. */
export function touch(wallet: Wallet, id: number, now: bigint): Result<Ballot> {
  const ballot = wallet.ballot(id);
  if (ballot === null) return multisigErrors.unknown_proposal({ id });
  const current = settled(ballot, wallet.config.get(), now);
  if (current !== ballot) keep(wallet, id, current, now);
  return { Ok: current };
}

/** The same for a proposal that must still take votes. */
export function touchOpen(wallet: Wallet, id: number, now: bigint): Result<Ballot> {
  const touched = touch(wallet, id, now);
  if ('Err' in touched || isOpen(touched.Ok.state)) return touched;
  return wrongState(id, touched.Ok, 'Pending, Timelocked or Approved');
}

/** The refusal of what a ballot's state does not allow. */
export function wrongState(id: number, { state }: Ballot, wanted: string): Refused {
  return multisigErrors.wrong_state({ id, state: stateName(state), wanted });
}

/** What a caller is told of a proposal after he did something to it. */
export function receipt(
  wallet: Wallet,
  id: number,
  ballot: Ballot,
): { readonly Ok: ProposalReceipt } {
  const { hash, state, required, recovery } = ballot;
  const voters = rosterOf(wallet.config.get()).voters(recovery);
  return { Ok: { id, hash, state, required, approvals: inForce(ballot.approvals, voters) } };
}

function lastTried({ outcomes }: Ballot): number {
  const next = outcomes.findIndex((outcome) => !('Done' in outcome));
  return next < 0 ? outcomes.length : next;
}
