import type { Refused, Result } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import type { Ballot } from '../../schemas/proposals.ts';
import type { ProposalRequest } from '../../schemas/requests.ts';
import type { ProposalReceipt } from '../../schemas/views.ts';
import type { Member } from '../../schemas/wallet.ts';
import { checkActions, refuseRecovery } from '../actions/check-actions.ts';
import { WALLET_LIMITS } from '../config/limits.ts';
import { rosterOf } from '../config/roster.ts';
import type { Moment } from '../moment.ts';
import { requirementOf } from '../policy/requirement.ts';
import { refuseLine, refuseText } from '../text.ts';
import type { Wallet } from '../wallet.ts';
import { settled, STATE } from './ballot.ts';
import { encoded } from './contents.ts';
import { dueOf, receipt } from './keep.ts';
import { proposalHash } from './proposal-hash.ts';

/**
 * Proposes actions. They are checked as if they were executed now, on a day on which nothing was spent.
 * Whoever may vote on the proposal approves it by proposing it.
 */
export function propose(
  wallet: Wallet,
  request: ProposalRequest,
  moment: Moment,
): Result<ProposalReceipt> {
  const { caller, now, self } = moment;
  const { title, description, actions, recovery } = request;
  const config = wallet.config.get();
  const member = rosterOf(config).find(caller);
  if (member === null || !mayPropose(member, recovery)) return multisigErrors.not_a_proposer();
  const refused = refuseTexts(request) ?? refusePlace(wallet, member);
  if (refused !== null) return refused;
  if (actions.length === 0) return multisigErrors.no_actions();
  const unfit = recovery ? refuseRecovery(config, actions) : null;
  if (unfit !== null) return unfit;
  const checked = checkActions(config, actions, self, () => 0n);
  if ('Err' in checked) return checked;

  const content = encoded(title, description, actions);
  const { length } = content.bytes;
  const max = WALLET_LIMITS.content;
  if (length > max) return multisigErrors.content_size({ bytes: length, max });

  const id = wallet.register.proposals;
  const voters = rosterOf(config).voters(recovery);
  const own = { who: caller, serial: member.serial, at: now };
  const proposed: Ballot = {
    proposer: caller,
    proposerSerial: member.serial,
    recovery,
    autoExecute: request.autoExecute ?? config.autoExecute,
    hash: proposalHash(self, content.actions),
    createdAt: now,
    lifetime: config.lifetime,
    ...requirementOf(config, actions, recovery, self),
    approvals: voters.has(member.serial) ? [own] : [],
    rejections: [],
    state: STATE.Pending,
    passedAt: null,
    outcomes: [],
    attempt: null,
    revision: config.revision,
    closedAt: null,
  };
  const ballot = settled(proposed, config, now);
  wallet.contents.put(id, content);
  wallet.ballots.set(id, ballot);
  wallet.register.batch(() => {
    wallet.register.takeProposal();
    wallet.register.add({ id, proposer: member.serial, due: dueOf(ballot, now) });
    wallet.note({ Proposed: null }, caller, now, id);
  });
  return receipt(wallet, id, ballot);
}

function mayPropose({ roles }: Member, recovery: boolean): boolean {
  return roles.signer || roles.proposer || (recovery && roles.guardian);
}

function refuseTexts({ title, description }: ProposalRequest): Refused | null {
  const max = WALLET_LIMITS.title;
  if (title.length === 0) return multisigErrors.title_length({ length: 0, max });
  return (
    refuseLine('title', title, max) ??
    refuseText('description', description, WALLET_LIMITS.proposalDescription)
  );
}

function refusePlace({ register }: Wallet, { serial }: Member): Refused | null {
  const { open } = register;
  if (open >= WALLET_LIMITS.open) return multisigErrors.wallet_full({ count: open });
  const count = register.openOf(serial);
  return count < WALLET_LIMITS.openPerMember ? null : multisigErrors.too_many_open({ count });
}
