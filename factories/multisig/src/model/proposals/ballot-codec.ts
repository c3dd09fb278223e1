import { c, bodyDecoder, bodyEncoder } from '@fabrica/core/candid';
import type { Codec } from '@fabrica/core/store';

import {
  Attempt,
  type Ballot,
  Outcome,
  type StateName,
  type Vote,
} from '../../schemas/proposals.ts';
import { MAX_ACTIONS } from '../../schemas/actions.ts';
import { STATE, stateName } from './ballot.ts';

/**
 * How a ballot lies in stable memory. Every vote and every step of an execution reads and writes one, and a
 * layout of fixed places takes 0.1 M instructions where the Candid body takes 0.3 M.
 *
 * Version, flags, state, lengths; numbers; hash; proposer; votes of 42 bytes; at last, only where an
 * execution has begun, its journal as a Candid body.
 */
const VERSION = 1;
const HEAD_BYTES = 90;
const PRINCIPAL_BYTES = 30;
const VOTE_BYTES = PRINCIPAL_BYTES + 12;

const RECOVERY = 1;
const AUTO_EXECUTE = 2;
const PASSED = 4;
const CLOSED = 8;
const JOURNAL = 16;

/** Stored: appended to, never reordered. */
const STATES: readonly StateName[] = [
  'Pending',
  'Timelocked',
  'Approved',
  'Executing',
  'Executed',
  'Failed',
  'Rejected',
  'Expired',
  'Cancelled',
];

const Journal = c.record({
  outcomes: c.vec(Outcome, { max: MAX_ACTIONS }),
  attempt: c.opt(Attempt),
});
const encodeJournal = bodyEncoder(Journal);
const decodeJournal = bodyDecoder(Journal);

export const ballotCodec: Codec<Ballot> = Object.freeze({ encode, decode });

function encode(ballot: Ballot): Uint8Array {
  const { approvals, rejections, outcomes, attempt, passedAt, closedAt } = ballot;
  const begun = attempt !== null || outcomes.length > 0;
  const journal = begun ? encodeJournal({ outcomes, attempt }) : new Uint8Array();
  const votes = approvals.length + rejections.length;
  const start = HEAD_BYTES + PRINCIPAL_BYTES + votes * VOTE_BYTES;
  const bytes = new Uint8Array(start + journal.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes[1] =
    (ballot.recovery ? RECOVERY : 0) |
    (ballot.autoExecute ? AUTO_EXECUTE : 0) |
    (passedAt === null ? 0 : PASSED) |
    (closedAt === null ? 0 : CLOSED) |
    (begun ? JOURNAL : 0);
  bytes[2] = STATES.indexOf(stateName(ballot.state));
  bytes[3] = approvals.length;
  bytes[4] = rejections.length;
  view.setUint16(6, ballot.required);
  view.setUint32(8, ballot.proposerSerial);
  view.setUint32(12, ballot.revision);
  view.setBigUint64(16, ballot.createdAt);
  view.setBigUint64(24, ballot.lifetime);
  view.setBigUint64(32, ballot.timelock);
  if (passedAt !== null) view.setBigUint64(40, passedAt);
  if (closedAt !== null) view.setBigUint64(48, closedAt);
  bytes.set(ballot.hash, 58);
  putPrincipal(bytes, HEAD_BYTES, ballot.proposer);
  let at = HEAD_BYTES + PRINCIPAL_BYTES;
  for (const list of [approvals, rejections]) {
    for (const { who, serial, at: time } of list) {
      putPrincipal(bytes, at, who);
      view.setUint32(at + PRINCIPAL_BYTES, serial);
      view.setBigUint64(at + PRINCIPAL_BYTES + 4, time);
      at += VOTE_BYTES;
    }
  }
  if (begun) bytes.set(journal, start);
  return bytes;
}

function decode(bytes: Uint8Array): Ballot {
  if (bytes[0] !== VERSION) throw new Error(`No reader for a ballot of version ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const flags = bytes[1]!;
  const votesAt = HEAD_BYTES + PRINCIPAL_BYTES;
  const rejectionsAt = votesAt + bytes[3]! * VOTE_BYTES;
  const end = rejectionsAt + bytes[4]! * VOTE_BYTES;
  const journal =
    flags & JOURNAL ? decodeJournal(bytes, end) : { outcomes: NO_OUTCOMES, attempt: null };
  return {
    proposer: readPrincipal(bytes, HEAD_BYTES),
    proposerSerial: view.getUint32(8),
    recovery: (flags & RECOVERY) !== 0,
    autoExecute: (flags & AUTO_EXECUTE) !== 0,
    hash: bytes.slice(58, HEAD_BYTES),
    createdAt: view.getBigUint64(16),
    lifetime: view.getBigUint64(24),
    required: view.getUint16(6),
    timelock: view.getBigUint64(32),
    approvals: readVotes(bytes, view, votesAt, rejectionsAt),
    rejections: readVotes(bytes, view, rejectionsAt, end),
    state: STATE[STATES[bytes[2]!]!],
    passedAt: flags & PASSED ? view.getBigUint64(40) : null,
    outcomes: journal.outcomes,
    attempt: journal.attempt,
    revision: view.getUint32(12),
    closedAt: flags & CLOSED ? view.getBigUint64(48) : null,
  };
}

const NO_OUTCOMES: readonly Outcome[] = Object.freeze([]);

function readVotes(bytes: Uint8Array, view: DataView, from: number, end: number): Vote[] {
  const votes: Vote[] = [];
  for (let at = from; at < end; at += VOTE_BYTES) {
    const who = readPrincipal(bytes, at);
    const serial = view.getUint32(at + PRINCIPAL_BYTES);
    votes.push({ who, serial, at: view.getBigUint64(at + PRINCIPAL_BYTES + 4) });
  }
  return votes;
}

/** Length, then up to 29 bytes. */
function putPrincipal(bytes: Uint8Array, at: number, principal: Uint8Array): void {
  bytes[at] = principal.length;
  bytes.set(principal, at + 1);
}

function readPrincipal(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.slice(at + 1, at + 1 + bytes[at]!);
}
