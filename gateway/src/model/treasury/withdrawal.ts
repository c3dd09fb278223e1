import { c, type Infer } from '@fabrica/core/candid';

import { Account } from '../../peers/account.ts';

/**
 * Where a withdrawal of earned fees stands.
 *
 * `Stuck`: its transfer may have happened and is too old to be repeated; an administrator looks it up.
 */
export const WithdrawalState = c.named(
  'WithdrawalState',
  c.variant({
    Proposed: c.null,
    Sending: c.null,
    Sent: c.null,
    Cancelled: c.null,
    Stuck: c.null,
  }),
);
export type WithdrawalState = Infer<typeof WithdrawalState>;

/** A withdrawal of earned fees: one ICRC-1 transfer, repeated identically until its outcome is known. */
export const Withdrawal = c.named(
  'Withdrawal',
  c.record({
    number: c.nat32,
    ledger: c.principal,
    /** What leaves the gateway's account, the ledger's fee included, in the ledger's smallest unit. */
    amount: c.nat,
    /** The ledger's fee, as far as it is known. */
    fee: c.nat,
    /** The treasury when it was proposed. */
    to: Account,
    state: WithdrawalState,
    proposedBy: c.principal,
    /** Nanoseconds since the epoch. */
    proposedAt: c.nat64,
    /** True if the proposer was the only administrator, and so may confirm it himself a day later. */
    alone: c.bool,
    confirmedBy: c.opt(c.principal),
    /** The transfer's `created_at_time`. */
    createdAt: c.nat64,
    /** Attempts whose effect is not known. */
    unknown: c.nat32,
    /** Failed attempts so far. */
    attempts: c.nat32,
    /** Not to be tried again before. */
    notBefore: c.nat64,
    block: c.opt(c.nat),
    /** What the last attempt failed with; empty if none did. */
    failure: c.text({ max: 300 }),
  }),
);
export type Withdrawal = Infer<typeof Withdrawal>;

/** The name of a state. */
export type WithdrawalStateName = WithdrawalState extends infer S
  ? S extends unknown
    ? keyof S
    : never
  : never;

/** The state's name. */
export function withdrawalStateOf({ state }: Pick<Withdrawal, 'state'>): WithdrawalStateName {
  return Object.keys(state)[0] as WithdrawalStateName;
}

/** The memo of a withdrawal's transfer: a word that no order's memo begins with, and its number. */
export function withdrawalMemo({ number }: Pick<Withdrawal, 'number'>): Uint8Array {
  const memo = new Uint8Array(16);
  // No order has the number 2^64 - 1, which an order's memo would begin with.
  memo.fill(0xff, 0, 8);
  new DataView(memo.buffer).setBigUint64(8, BigInt(number));
  return memo;
}
