import type { Refused, Result } from '@fabrica/core';

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
  wallet.ballots.set(id, ballot);
  if (isOpen(ballot.state) || 'Executing' in ballot.state) {
    wallet.register.setDue(id, dueOf(ballot, now));
  } else {
    wallet.register.batch(() => keepClosed(wallet, id, ballot, now));
  }
}

function keepClosed(wallet: Wallet, id: number, ballot: Ballot, now: bigint): void {
  const { state } = ballot;
  wallet.register.remove(id);
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
  return { Ok: settle(wallet, id, ballot, now) };
}

/** The same for a ballot that was just read. */
export function settle(wallet: Wallet, id: number, ballot: Ballot, now: bigint): Ballot {
  const current = settled(ballot, wallet.config.get(), now);
  if (current !== ballot) keep(wallet, id, current, now);
  return current;
}

/** Why a proposal takes no votes any more, or `null`. */
export function refuseClosed(id: number, ballot: Ballot): Refused | null {
  return isOpen(ballot.state) ? null : wrongState(id, ballot, 'Pending, Timelocked or Approved');
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
