import type { Ballot, ProposalState, StateName, Vote } from '../../schemas/proposals.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { rosterOf } from '../config/roster.ts';

/** The states, as values that are shared. */
export const STATE: { readonly [Name in StateName]: ProposalState } = Object.freeze({
  Pending: { Pending: null },
  Timelocked: { Timelocked: null },
  Approved: { Approved: null },
  Executing: { Executing: null },
  Executed: { Executed: null },
  Failed: { Failed: null },
  Rejected: { Rejected: null },
  Expired: { Expired: null },
  Cancelled: { Cancelled: null },
});

/** The name of a state. */
export function stateName(state: ProposalState): StateName {
  return Object.keys(state)[0] as StateName;
}

/** True while votes are taken. */
export function isOpen(state: ProposalState): boolean {
  return 'Pending' in state || 'Timelocked' in state || 'Approved' in state;
}

/** Votes that count: those of members who may vote now, and could when they voted. */
export function inForce(votes: readonly Vote[], voters: ReadonlySet<number>): number {
  let count = 0;
  for (const { serial } of votes) if (voters.has(serial)) count += 1;
  return count;
}

/** When a ballot may be executed at the earliest, if its approvals stay; `null` without them. */
export function executableAt({ passedAt, timelock }: Ballot): bigint | null {
  return passedAt === null ? null : passedAt + timelock;
}

/** When it expires: its lifetime after it was proposed, or after it could first be executed. */
export function expiresAt(ballot: Ballot): bigint {
  return (executableAt(ballot) ?? ballot.createdAt) + ballot.lifetime;
}

/**
 * An open ballot as it stands now: its state follows from votes, roster and time alone. Ballots that are
 * not open come back as they are; so does one that nothing changes, the very same value.
 */
export function settled(ballot: Ballot, config: WalletConfig, now: bigint): Ballot {
  if (!isOpen(ballot.state)) return ballot;
  if (now >= expiresAt(ballot)) return close(ballot, 'Expired', now);
  if (isRejected(ballot, config)) return close(ballot, 'Rejected', now);
  const voters = rosterOf(config).voters(ballot.recovery);
  if (inForce(ballot.approvals, voters) < ballot.required) return fallBack(ballot, now);
  const passedAt = ballot.passedAt ?? now;
  const state = now < passedAt + ballot.timelock ? STATE.Timelocked : STATE.Approved;
  if (passedAt === ballot.passedAt && stateName(state) === stateName(ballot.state)) return ballot;
  return { ...ballot, passedAt, state };
}

/** A ballot in a final state. */
export function close(ballot: Ballot, state: StateName, now: bigint): Ballot {
  return { ...ballot, state: STATE[state], attempt: null, closedAt: now };
}

/** Without enough approvals: the time-lock begins anew when they are there again. */
function fallBack(ballot: Ballot, now: bigint): Ballot {
  if (ballot.passedAt === null) return ballot;
  const pending: Ballot = { ...ballot, passedAt: null, state: STATE.Pending };
  return now >= expiresAt(pending) ? close(pending, 'Expired', now) : pending;
}

/**
 * True if the approvals cannot be reached any more. A recovery also ends when as many signers reject it
 * as could act in the ordinary way: they have lost nothing.
 */
function isRejected({ recovery, rejections, required }: Ballot, config: WalletConfig): boolean {
  const roster = rosterOf(config);
  const voters = roster.voters(recovery);
  if (voters.size - inForce(rejections, voters) < required) return true;
  return recovery && inForce(rejections, roster.voters(false)) >= config.threshold;
}
