import type { Result } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import type { Action } from '../../schemas/actions.ts';
import type { ActionKind } from '../../schemas/policy.ts';
import type { Outcome, Vote } from '../../schemas/proposals.ts';
import type { ProposalView } from '../../schemas/views.ts';
import { rosterOf } from '../config/roster.ts';
import { decodeCall } from '../policy/decode-call.ts';
import { subjectOf } from '../policy/subject.ts';
import { executableAt, expiresAt, settled } from '../proposals/ballot.ts';
import type { Wallet } from '../wallet.ts';

/** A proposal as it stands now, with its actions as they will be executed. */
export function proposalView(
  wallet: Wallet,
  id: number,
  now: bigint,
  self: Uint8Array,
): Result<ProposalView> {
  const written = wallet.ballot(id);
  if (written === null) return multisigErrors.unknown_proposal({ id });
  const config = wallet.config.get();
  const ballot = settled(written, config, now);
  const { title, description, actions } = wallet.contents.get(id);
  const voters = rosterOf(config).voters(ballot.recovery);
  const shown = ({ who, at, serial }: Vote) => ({ who, at, counts: voters.has(serial) });
  const { proposer, recovery, autoExecute, hash, state, required, timelock } = ballot;
  return {
    Ok: {
      id,
      title,
      description,
      proposer,
      recovery,
      autoExecute,
      hash,
      state,
      required,
      timelock,
      createdAt: ballot.createdAt,
      expiresAt: expiresAt(ballot),
      executableAt: executableAt(ballot),
      closedAt: ballot.closedAt,
      approvals: ballot.approvals.map(shown),
      rejections: ballot.rejections.map(shown),
      actions: actions.map((action, at) => actionView(action, ballot.outcomes[at] ?? null, self)),
    },
  };
}

function actionView(action: Action, outcome: Outcome | null, self: Uint8Array) {
  const kind = { [subjectOf(action, self).kind]: null } as ActionKind;
  const decoded = 'Call' in action ? decodeCall(action.Call.method, action.Call.args) : null;
  return { action, kind, decoded, outcome };
}
