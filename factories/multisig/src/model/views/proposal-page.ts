import type { Result } from '@fabrica/core';

import type { StateName } from '../../schemas/proposals.ts';
import type { ProposalQuery } from '../../schemas/requests.ts';
import type { ProposalPage, ProposalRow } from '../../schemas/views.ts';
import { rosterOf } from '../config/roster.ts';
import { expiresAt, inForce, settled, stateName } from '../proposals/ballot.ts';
import type { Wallet } from '../wallet.ts';
import { pageLimit } from './page-limit.ts';

const FINAL: ReadonlySet<StateName> = new Set([
  'Executed',
  'Failed',
  'Rejected',
  'Expired',
  'Cancelled',
]);

/** Proposals, newest first: all, or those in one state. */
export function proposalPage(
  wallet: Wallet,
  { state, before, limit }: ProposalQuery,
  now: bigint,
): Result<ProposalPage> {
  const size = pageLimit(limit);
  if ('Err' in size) return size;
  const end = Math.min(before ?? wallet.register.proposals, wallet.register.proposals);
  const rows: ProposalRow[] = [];
  // One more than asked for tells whether there is a page after this one.
  for (const id of candidates(wallet, state === null ? null : stateName(state), end, size.Ok + 1)) {
    const row = rowOf(wallet, id, now);
    if (state === null || stateName(row.state) === stateName(state)) rows.push(row);
    if (rows.length > size.Ok) break;
  }
  const more = rows.length > size.Ok;
  const proposals = rows.slice(0, size.Ok);
  return { Ok: { proposals, next: more ? proposals.at(-1)!.id : null } };
}

/** Numbers below `end` that may be in `state`, highest first, at least `count` of them if there are so many. */
function candidates(
  wallet: Wallet,
  state: StateName | null,
  end: number,
  count: number,
): readonly number[] {
  if (state === null) return Array.from({ length: Math.min(count, end) }, (_, at) => end - 1 - at);
  if (FINAL.has(state)) return wallet.closed.newest(state, end, count);
  const open = wallet.register.entries().map(({ id }) => id);
  return open.filter((id) => id < end).reverse();
}

function rowOf(wallet: Wallet, id: number, now: bigint): ProposalRow {
  const written = wallet.ballot(id);
  if (written === null) throw new Error(`Proposal ${id} has no ballot`);
  const config = wallet.config.get();
  const ballot = settled(written, config, now);
  const { title, actions } = wallet.contents.get(id);
  const { proposer, recovery, state, required, createdAt } = ballot;
  const voters = rosterOf(config).voters(recovery);
  return {
    id,
    title,
    proposer,
    recovery,
    state,
    approvals: inForce(ballot.approvals, voters),
    rejections: inForce(ballot.rejections, voters),
    required,
    actions: actions.length,
    createdAt,
    expiresAt: expiresAt(ballot),
  };
}
