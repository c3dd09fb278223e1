import { c, type Infer } from '@fabrica/core/candid';

import { ApproveArgs, TransferArg, TransferFromArgs } from '../peers/icrc-ledger.ts';
import { IcpTransferArgs } from '../peers/icp-ledger.ts';
import { Action, MAX_ACTIONS } from './actions.ts';
import { ActivityEntry } from './activity.ts';
import { ActionKind } from './policy.ts';
import { Outcome, ProposalState } from './proposals.ts';
import { Roles } from './wallet.ts';

/** Most rows of a page. */
export const MAX_PAGE = 100;
/** Most assets a wallet watches. */
export const MAX_ASSETS = 20;

/** What a raw call says, where the wallet knows its method. */
export const DecodedCall = c.named(
  'DecodedCall',
  c.variant({
    Icrc1Transfer: TransferArg,
    Icrc2Approve: ApproveArgs,
    Icrc2TransferFrom: TransferFromArgs,
    IcpTransfer: IcpTransferArgs,
  }),
);
export type DecodedCall = Infer<typeof DecodedCall>;

/** An action as it will be executed, and what became of it. */
export const ActionView = c.named(
  'ActionView',
  c.record({
    action: Action,
    /** What rules take it for. */
    kind: ActionKind,
    decoded: c.opt(DecodedCall),
    /** `null` before and during its execution. */
    outcome: c.opt(Outcome),
  }),
);

/** A vote, and whether it still counts: those of removed signers do not. */
export const VoteView = c.named(
  'VoteView',
  c.record({ who: c.principal, at: c.nat64, counts: c.bool }),
);

/** Everything about a proposal. Times in nanoseconds since the epoch. */
export const ProposalView = c.named(
  'ProposalView',
  c.record({
    id: c.nat32,
    title: c.text({ max: 1_000 }),
    description: c.text({ max: 5_000 }),
    proposer: c.principal,
    recovery: c.bool,
    autoExecute: c.bool,
    /** Covers wallet, number and actions; an approval must name it. */
    hash: c.blob({ max: 32 }),
    state: ProposalState,
    required: c.nat16,
    timelock: c.nat64,
    createdAt: c.nat64,
    expiresAt: c.nat64,
    /** From when it may be executed, if the approvals stay. */
    executableAt: c.opt(c.nat64),
    closedAt: c.opt(c.nat64),
    approvals: c.vec(VoteView, { max: 100 }),
    rejections: c.vec(VoteView, { max: 100 }),
    actions: c.vec(ActionView, { max: MAX_ACTIONS }),
  }),
);
export type ProposalView = Infer<typeof ProposalView>;

/** A proposal in a list. */
export const ProposalRow = c.named(
  'ProposalRow',
  c.record({
    id: c.nat32,
    title: c.text({ max: 1_000 }),
    proposer: c.principal,
    recovery: c.bool,
    state: ProposalState,
    /** Approvals that count. */
    approvals: c.nat16,
    rejections: c.nat16,
    required: c.nat16,
    actions: c.nat8,
    createdAt: c.nat64,
    expiresAt: c.nat64,
  }),
);
export type ProposalRow = Infer<typeof ProposalRow>;

/** Proposals, newest first. `next` is the cursor of the following page, `null` at the end. */
export const ProposalPage = c.named(
  'ProposalPage',
  c.record({ proposals: c.vec(ProposalRow, { max: MAX_PAGE }), next: c.opt(c.nat32) }),
);
export type ProposalPage = Infer<typeof ProposalPage>;

/** Where a proposal stands after what the caller did. */
export const ProposalReceipt = c.named(
  'ProposalReceipt',
  c.record({
    id: c.nat32,
    hash: c.blob({ max: 32 }),
    state: ProposalState,
    approvals: c.nat16,
    required: c.nat16,
  }),
);
export type ProposalReceipt = Infer<typeof ProposalReceipt>;

/** How far an execution came; `Executing` if something is still out or will be repeated. */
export const ExecutionReport = c.named(
  'ExecutionReport',
  c.record({
    id: c.nat32,
    state: ProposalState,
    outcomes: c.vec(Outcome, { max: MAX_ACTIONS }),
  }),
);
export type ExecutionReport = Infer<typeof ExecutionReport>;

/** Entries of the activity log, newest first. */
export const ActivityPage = c.named(
  'ActivityPage',
  c.record({
    entries: c.vec(ActivityEntry, { max: MAX_PAGE }),
    /** Number of the first entry given. */
    from: c.nat32,
    next: c.opt(c.nat32),
  }),
);
export type ActivityPage = Infer<typeof ActivityPage>;

/** A token whose balance is shown. */
export const Asset = c.named(
  'Asset',
  c.record({
    ledger: c.principal,
    symbol: c.opt(c.text({ max: 64 })),
    decimals: c.opt(c.nat8),
    /** Of the wallet's default account when it was asked last, in the smallest unit. */
    balance: c.opt(c.nat),
    updatedAt: c.opt(c.nat64),
    /** Why the last question brought no answer. */
    problem: c.opt(c.text({ max: 300 })),
  }),
);
export type Asset = Infer<typeof Asset>;

/** A wallet at a glance. */
export const WalletSummary = c.named(
  'WalletSummary',
  c.record({
    name: c.text({ max: 64 }),
    description: c.text({ max: 1_000 }),
    signers: c.nat16,
    threshold: c.nat16,
    proposals: c.nat32,
    open: c.nat32,
    activities: c.nat32,
    assets: c.nat16,
    paused: c.bool,
    isPublic: c.bool,
    autoUpdate: c.bool,
    recoverable: c.bool,
    cycles: c.nat,
    createdAt: c.nat64,
    /** What the caller may do here. */
    you: Roles,
  }),
);
