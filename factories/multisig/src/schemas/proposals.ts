import { c, type Infer } from '@fabrica/core/candid';

import type { Alternatives } from './alternatives.ts';
import { Actions } from './actions.ts';

/** Where a proposal stands. The last five are final. */
export const ProposalState = c.named(
  'ProposalState',
  c.variant({
    /** Gathers approvals. */
    Pending: c.null,
    /** Has the approvals, and waits for its time-lock. */
    Timelocked: c.null,
    /** May be executed. */
    Approved: c.null,
    /** Its actions are under way. */
    Executing: c.null,
    /** Every action was done. */
    Executed: c.null,
    /** An action was not done, or nobody knows; those after it were not begun. */
    Failed: c.null,
    /** So many rejected it that the approvals cannot be reached. */
    Rejected: c.null,
    Expired: c.null,
    Cancelled: c.null,
  }),
);
export type ProposalState = Infer<typeof ProposalState>;
export type StateName = Alternatives<ProposalState>;

/** What a member has proposed, as it was proposed. Never changes. */
export const Content = c.named(
  'Content',
  c.record({
    title: c.text({ max: 1_000 }),
    /** Lines of text. */
    description: c.text({ max: 5_000 }),
    actions: Actions,
  }),
);
export type Content = Infer<typeof Content>;

/** A signer's word on a proposal. */
export interface Vote {
  readonly who: Uint8Array;
  /** The voter's, when he voted. */
  readonly serial: number;
  readonly at: bigint;
}

/** What became of an action. */
export const Outcome = c.named(
  'Outcome',
  c.variant({
    Done: c.record({
      /** The ledger's block, where a ledger was called. */
      block: c.opt(c.nat),
      /** What a called canister answered, as Candid bytes; only the first {@link MAX_REPLY_BYTES}. */
      reply: c.opt(c.blob({ max: 1_000 })),
    }),
    /** Surely without effect where a ledger was called; another canister may have acted before it refused. */
    Failed: c.record({ code: c.text({ max: 100 }), message: c.text({ max: 500 }) }),
    /** It may have been done or not, and asking again cannot tell. */
    Unknown: c.record({ message: c.text({ max: 500 }) }),
    /** Not begun, because one before it was not done. */
    NotRun: c.null,
  }),
);
export type Outcome = Infer<typeof Outcome>;
/** Bytes kept of a canister's answer. */
export const MAX_REPLY_BYTES = 1_000;

/** An action that was begun and has no outcome yet: written down before its call is made. */
export const Attempt = c.record({
  /** The `created_at_time` of its ledger call; the same for every repetition. */
  createdAt: c.nat64,
  /** Calls made. */
  tries: c.nat8,
  /** When to repeat it; `null` while the call is out. */
  retryAt: c.opt(c.nat64),
  /** What it took of a daily limit, to be given back if it surely had no effect. */
  charge: c.opt(c.record({ ledger: c.principal, amount: c.nat, day: c.nat32 })),
});
export type Attempt = Infer<typeof Attempt>;

/** A proposal without its content: votes, state and the journal of its execution. Times in nanoseconds. */
export interface Ballot {
  readonly proposer: Uint8Array;
  readonly proposerSerial: number;
  readonly recovery: boolean;
  readonly autoExecute: boolean;
  /** See `model/proposals/proposal-hash.ts`. */
  readonly hash: Uint8Array;
  readonly createdAt: bigint;
  readonly lifetime: bigint;
  /** What its actions need, by the policy in force. */
  readonly required: number;
  readonly timelock: bigint;
  readonly approvals: readonly Vote[];
  readonly rejections: readonly Vote[];
  readonly state: ProposalState;
  /** Since when it has the approvals it needs, without a break. */
  readonly passedAt: bigint | null;
  readonly outcomes: readonly Outcome[];
  readonly attempt: Attempt | null;
  /** Revision of the wallet whose approvals were checked last. */
  readonly revision: number;
  readonly closedAt: bigint | null;
}
