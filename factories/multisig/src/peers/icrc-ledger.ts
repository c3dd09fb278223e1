import { c, query, service, update, type Infer } from '@fabrica/core/candid';

import { Account, Subaccount } from './account.ts';

/**
 * What a wallet calls of an ICRC ledger; names and shapes are the standards' own.
 * https://github.com/dfinity/ICRC-1/tree/main/standards
 *
 * Beyond the standards' text the wallet relies on what DFINITY's ledgers and Fabrica's tokens do: an
 * identical transfer or approval is answered with Duplicate for 24 hours after its `created_at_time`,
 * before balances and allowances are looked at.
 */
const optionalMemo = c.opt(c.blob({ max: 64 }));

/** Argument of `icrc1_transfer`. */
export const TransferArg = c.named(
  'TransferArg',
  c.record({
    from_subaccount: Subaccount,
    to: Account,
    amount: c.nat,
    fee: c.opt(c.nat),
    memo: optionalMemo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type TransferArg = Infer<typeof TransferArg>;

/** Argument of `icrc2_approve`; `expires_at` in nanoseconds since the epoch. */
export const ApproveArgs = c.named(
  'ApproveArgs',
  c.record({
    from_subaccount: Subaccount,
    spender: Account,
    amount: c.nat,
    expected_allowance: c.opt(c.nat),
    expires_at: c.opt(c.nat64),
    fee: c.opt(c.nat),
    memo: optionalMemo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type ApproveArgs = Infer<typeof ApproveArgs>;

/** Argument of `icrc2_transfer_from`; the spender is the caller. */
export const TransferFromArgs = c.named(
  'TransferFromArgs',
  c.record({
    spender_subaccount: Subaccount,
    from: Account,
    to: Account,
    amount: c.nat,
    fee: c.opt(c.nat),
    memo: optionalMemo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type TransferFromArgs = Infer<typeof TransferFromArgs>;

const common = {
  BadFee: c.record({ expected_fee: c.nat }),
  InsufficientFunds: c.record({ balance: c.nat }),
  TooOld: c.null,
  CreatedInFuture: c.record({ ledger_time: c.nat64 }),
  Duplicate: c.record({ duplicate_of: c.nat }),
  TemporarilyUnavailable: c.null,
  GenericError: c.record({ error_code: c.nat, message: c.text({ max: 1_000 }) }),
};

/** Why `icrc1_transfer` refused. */
export const TransferError = c.named(
  'TransferError',
  c.variant({ ...common, BadBurn: c.record({ min_burn_amount: c.nat }) }),
);

/** Why `icrc2_approve` refused. */
export const ApproveError = c.named(
  'ApproveError',
  c.variant({
    ...common,
    AllowanceChanged: c.record({ current_allowance: c.nat }),
    Expired: c.record({ ledger_time: c.nat64 }),
  }),
);

/** An ICRC ledger as a wallet uses it. */
export const IcrcLedger = service('IcrcLedger', {
  icrc1_balance_of: query([Account], c.nat),
  icrc1_symbol: query([], c.text({ max: 64 })),
  icrc1_decimals: query([], c.nat8),
  icrc1_transfer: update([TransferArg], c.result(c.nat, TransferError)),
  icrc2_approve: update([ApproveArgs], c.result(c.nat, ApproveError)),
  icrc2_transfer_from: update([TransferFromArgs], c.reserved),
});
