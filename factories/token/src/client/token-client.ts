import { toIdlFactory, type ActorOf, type AgentValue } from '@fabrica/core/candid';

import { TokenContract } from '../candid.ts';
import type {
  Account,
  Allowance,
  ApproveResult,
  TransferFromResult,
  TransferResult,
} from '../standards.ts';

/** The interface of a token contract, for `Actor.createActor` and PocketIC. */
export const tokenIdlFactory = toIdlFactory(TokenContract);

/** The actor that an agent or PocketIC makes of {@link tokenIdlFactory}. */
export type TokenActor = ActorOf<typeof TokenContract>;

type Principal = AgentValue<typeof Account>['owner'];

/** A principal and one of its accounts; without subaccount the default one. */
export interface TokenAccount {
  readonly owner: Principal;
  /** 32 bytes. */
  readonly subaccount?: Uint8Array | undefined;
}

/** What every call that is recorded may name. */
export interface CallOptions {
  /** One of the caller's own subaccounts, 32 bytes; the default one if left out. */
  readonly subaccount?: Uint8Array | undefined;
  /** The fee the caller agrees to; a different one is refused. */
  readonly fee?: bigint | undefined;
  /** At most 32 bytes. */
  readonly memo?: Uint8Array | undefined;
  /** Nanoseconds since the epoch. With it, sending the same call again within a day moves nothing twice. */
  readonly createdAt?: bigint | undefined;
}

/** A token with optional arguments left out instead of wrapped. Answers are the standards' own. */
export interface TokenClient {
  /** In the smallest unit, as all amounts. */
  balanceOf(account: TokenAccount): Promise<bigint>;
  transfer(
    to: TokenAccount,
    amount: bigint,
    options?: CallOptions,
  ): Promise<AgentValue<typeof TransferResult>>;
  approve(
    spender: TokenAccount,
    amount: bigint,
    options?: CallOptions & {
      /** Refused unless this is the allowance now. */
      readonly expectedAllowance?: bigint | undefined;
      /** Nanoseconds since the epoch. */
      readonly expiresAt?: bigint | undefined;
    },
  ): Promise<AgentValue<typeof ApproveResult>>;
  /** `options.subaccount` is the spender's. */
  transferFrom(
    from: TokenAccount,
    to: TokenAccount,
    amount: bigint,
    options?: CallOptions,
  ): Promise<AgentValue<typeof TransferFromResult>>;
  allowance(account: TokenAccount, spender: TokenAccount): Promise<AgentValue<typeof Allowance>>;
}

/** A client over the actor of a token contract, or of any ledger with the methods of ICRC-1 and ICRC-2. */
export function createTokenClient(
  actor: Pick<
    TokenActor,
    | 'icrc1_balance_of'
    | 'icrc1_transfer'
    | 'icrc2_approve'
    | 'icrc2_transfer_from'
    | 'icrc2_allowance'
  >,
): TokenClient {
  return {
    balanceOf: (account) => actor.icrc1_balance_of(wrapped(account)),
    transfer: (to, amount, options = {}) =>
      actor.icrc1_transfer({
        ...recorded(options),
        from_subaccount: optional(options.subaccount),
        to: wrapped(to),
        amount,
      }),
    approve: (spender, amount, options = {}) =>
      actor.icrc2_approve({
        ...recorded(options),
        from_subaccount: optional(options.subaccount),
        spender: wrapped(spender),
        amount,
        expected_allowance: optional(options.expectedAllowance),
        expires_at: optional(options.expiresAt),
      }),
    transferFrom: (from, to, amount, options = {}) =>
      actor.icrc2_transfer_from({
        ...recorded(options),
        spender_subaccount: optional(options.subaccount),
        from: wrapped(from),
        to: wrapped(to),
        amount,
      }),
    allowance: (account, spender) =>
      actor.icrc2_allowance({ account: wrapped(account), spender: wrapped(spender) }),
  };
}

function recorded({ fee, memo, createdAt }: CallOptions) {
  return { fee: optional(fee), memo: optional(memo), created_at_time: optional(createdAt) };
}

function wrapped({ owner, subaccount }: TokenAccount): AgentValue<typeof Account> {
  return { owner, subaccount: optional(subaccount) };
}

function optional<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}
