import type { Result } from '@fabrica/core';
import { binary, equal } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import type { ActivityEvent } from '../../schemas/activity.ts';
import type { Ballot, Vote } from '../../schemas/proposals.ts';
import type { ProposalReceipt } from '../../schemas/views.ts';
import { isMember, rosterOf } from '../config/roster.ts';
import type { Moment } from '../moment.ts';
import type { Wallet } from '../wallet.ts';
import { close, settled } from './ballot.ts';
import { keep, receipt, refuseClosed, settle } from './keep.ts';

/** Votes that a ballot keeps; beyond, those that no longer count make room. */
const MAX_VOTES = 100;

/** Approves what `hash` names; takes back the caller's rejection, if there is one. */
export function approve(
  wallet: Wallet,
  id: number,
  hash: Uint8Array,
  moment: Moment,
): Result<ProposalReceipt> {
  return vote(wallet, id, moment, (ballot, voter) => {
    if (!equal(hash, ballot.hash)) return multisigErrors.wrong_hash({ id });
    if (holds(ballot.approvals, voter.serial)) return multisigErrors.already_voted();
    const approvals = [...others(wallet, ballot, ballot.approvals, voter), voter];
    const rejections = others(wallet, ballot, ballot.rejections, voter);
    return { Ok: { ballot: { ...ballot, approvals, rejections }, event: { Approved: null } } };
  });
}

/** Rejects; takes back the caller's approval, if there is one. */
export function reject(wallet: Wallet, id: number, moment: Moment): Result<ProposalReceipt> {
  return vote(wallet, id, moment, (ballot, voter) => {
    if (holds(ballot.rejections, voter.serial)) return multisigErrors.already_voted();
    const approvals = others(wallet, ballot, ballot.approvals, voter);
    const rejections = [...others(wallet, ballot, ballot.rejections, voter), voter];
    return { Ok: { ballot: { ...ballot, approvals, rejections }, event: { Rejected: null } } };
  });
}

/** Takes back what the caller said. */
export function revoke(wallet: Wallet, id: number, moment: Moment): Result<ProposalReceipt> {
  return vote(wallet, id, moment, (ballot, voter) => {
    const { serial } = voter;
    if (!holds(ballot.approvals, serial) && !holds(ballot.rejections, serial)) {
      return multisigErrors.not_voted();
    }
    const approvals = others(wallet, ballot, ballot.approvals, voter);
    const rejections = others(wallet, ballot, ballot.rejections, voter);
    return { Ok: { ballot: { ...ballot, approvals, rejections }, event: { Revoked: null } } };
  });
}

/** Withdraws a proposal, by whoever proposed it. */
export function cancel(
  wallet: Wallet,
  id: number,
  { caller, now }: Moment,
): Result<ProposalReceipt> {
  const known = wallet.ballot(id);
  if (known === null && isMember(wallet.config.get(), caller)) {
    return multisigErrors.unknown_proposal({ id });
  }
  if (known === null || !equal(known.proposer, caller)) return multisigErrors.not_the_proposer();
  const current = settle(wallet, id, known, now);
  const closed = refuseClosed(id, current);
  if (closed !== null) return closed;
  const ballot = close(current, 'Cancelled', now);
  wallet.register.batch(() => {
    wallet.note({ Cancelled: null }, caller, now, id);
    keep(wallet, id, ballot, now);
  });
  return receipt(wallet, id, ballot);
}

type Cast = (
  ballot: Ballot,
  voter: Vote,
) => Result<{ readonly ballot: Ballot; readonly event: ActivityEvent }>;

/** Settles the ballot before the vote, so that nothing is added to what is over, and after it. */
function vote(
  wallet: Wallet,
  id: number,
  { caller, now }: Moment,
  cast: Cast,
): Result<ProposalReceipt> {
  const config = wallet.config.get();
  const roster = rosterOf(config);
  const serial = roster.find(caller)?.serial;
  // Before the proposal is looked up: strangers are not told which there are.
  if (serial === undefined) return multisigErrors.not_a_voter();
  const known = wallet.ballot(id);
  if (known === null) return multisigErrors.unknown_proposal({ id });
  if (!roster.voters(known.recovery).has(serial)) return multisigErrors.not_a_voter();
  const current = settle(wallet, id, known, now);
  const closed = refuseClosed(id, current);
  if (closed !== null) return closed;
  const voted = cast(current, { who: caller, serial, at: now });
  if ('Err' in voted) return voted;
  const ballot = settled(voted.Ok.ballot, config, now);
  wallet.register.batch(() => {
    wallet.note(voted.Ok.event, caller, now, id);
    keep(wallet, id, ballot, now);
  });
  return receipt(wallet, id, ballot);
}

function holds(votes: readonly Vote[], serial: number): boolean {
  return votes.some((one) => one.serial === serial);
}

/** The votes of everybody else: a former membership of the same person does not stay beside the new one. */
function others(
  wallet: Wallet,
  { recovery }: Ballot,
  votes: readonly Vote[],
  voter: Vote,
): readonly Vote[] {
  const name = binary(voter.who);
  const rest = votes.filter(({ who }) => binary(who) !== name);
  if (rest.length < MAX_VOTES) return rest;
  const voters = rosterOf(wallet.config.get()).voters(recovery);
  return rest.filter(({ serial }) => voters.has(serial));
}
