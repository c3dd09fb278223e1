import { c, type Infer } from '@fabrica/core/candid';

import { Account, Subaccount } from '../peers/account.ts';
import { Change } from './changes.ts';

/** Most actions of one proposal. */
export const MAX_ACTIONS = 20;
/** Most bytes of a call's or an installation's argument. */
export const MAX_ARGUMENT_BYTES = 100_000;

/** An ICRC-1 transfer. The wallet sets `created_at_time`, and a memo where none is given. */
export const TransferAction = c.named(
  'TransferAction',
  c.record({
    ledger: c.principal,
    fromSubaccount: Subaccount,
    to: Account,
    amount: c.nat,
    fee: c.opt(c.nat),
    memo: c.opt(c.blob({ max: 64 })),
  }),
);

/** An ICRC-2 approval. */
export const ApproveAction = c.named(
  'ApproveAction',
  c.record({
    ledger: c.principal,
    fromSubaccount: Subaccount,
    spender: Account,
    amount: c.nat,
    expectedAllowance: c.opt(c.nat),
    /** Nanoseconds since the epoch. */
    expiresAt: c.opt(c.nat64),
    fee: c.opt(c.nat),
    memo: c.opt(c.blob({ max: 64 })),
  }),
);

/** A transfer on the ICP ledger to an account identifier; amounts in e8s. */
export const IcpTransferAction = c.named(
  'IcpTransferAction',
  c.record({
    ledger: c.principal,
    fromSubaccount: Subaccount,
    /** 32 bytes. */
    to: c.blob({ max: 64 }),
    amount: c.nat64,
    fee: c.nat64,
    memo: c.opt(c.nat64),
  }),
);

/** A call of any method of any canister, with an argument in Candid bytes. */
export const CallAction = c.named(
  'CallAction',
  c.record({
    canister: c.principal,
    method: c.text({ max: 500 }),
    args: c.blob({ max: MAX_ARGUMENT_BYTES }),
    /** Cycles to attach; what the callee leaves comes back. */
    cycles: c.nat,
  }),
);

/** What can be done to a canister that the wallet controls. */
export const Operation = c.named(
  'Operation',
  c.variant({
    Start: c.null,
    Stop: c.null,
    /** Cycles to send it. */
    DepositCycles: c.nat,
    /** Forgets uploaded pieces of modules. */
    ClearChunks: c.null,
    /** Absent fields stay as they are. */
    UpdateSettings: c.record({
      controllers: c.opt(c.vec(c.principal, { max: 10 })),
      computeAllocation: c.opt(c.nat),
      memoryAllocation: c.opt(c.nat),
      freezingThreshold: c.opt(c.nat),
    }),
    /** Installs a module out of the canister's own chunk store; see `uploadChunk`. */
    Install: c.record({
      mode: c.variant({ install: c.null, reinstall: c.null, upgrade: c.null }),
      /** SHA-256 of the whole module. */
      moduleHash: c.blob({ max: 32 }),
      /** SHA-256 of each piece, in order. */
      chunks: c.vec(c.blob({ max: 32 }), { max: 100 }),
      arg: c.blob({ max: MAX_ARGUMENT_BYTES }),
    }),
  }),
);
export type Operation = Infer<typeof Operation>;

/** One thing that a proposal does. */
export const Action = c.named(
  'Action',
  c.variant({
    Transfer: TransferAction,
    Approve: ApproveAction,
    IcpTransfer: IcpTransferAction,
    Call: CallAction,
    Manage: c.record({ canister: c.principal, operation: Operation }),
    Change,
  }),
);
export type Action = Infer<typeof Action>;

/** The actions of a proposal: done in this order. The hash of a proposal covers their Candid body. */
export const Actions = c.vec(Action, { max: MAX_ACTIONS });
