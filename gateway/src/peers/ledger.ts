import { c, query, service, update, type Infer } from '@fabrica/core/candid';

import { Account } from './account.ts';

/**
 * What the gateway calls of a ledger: ICRC-1 and ICRC-2, names and shapes the standards' own.
 * https://github.com/dfinity/ICRC-1/tree/main/standards
 *
 * Beyond the standards' text the gateway relies on what DFINITY's ledgers and Fabrica's tokens do: a repeated transfer
 * is answered with Duplicate for 24 hours after its `created_at_time`, before balance and allowance are looked at.
 */
export const LedgerErrors = {
  BadFee: c.record({ expected_fee: c.nat }),
  BadBurn: c.record({ min_burn_amount: c.nat }),
  InsufficientFunds: c.record({ balance: c.nat }),
  TooOld: c.null,
  CreatedInFuture: c.record({ ledger_time: c.nat64 }),
  Duplicate: c.record({ duplicate_of: c.nat }),
  TemporarilyUnavailable: c.null,
  GenericError: c.record({ error_code: c.nat, message: c.text({ max: 1_000 }) }),
};

/** Why `icrc1_transfer` refused. */
export const TransferError = c.named('TransferError', c.variant(LedgerErrors));
export type TransferError = Infer<typeof TransferError>;

/** Why `icrc2_transfer_from` refused. */
export const TransferFromError = c.named(
  'TransferFromError',
  c.variant({ ...LedgerErrors, InsufficientAllowance: c.record({ allowance: c.nat }) }),
);
export type TransferFromError = Infer<typeof TransferFromError>;

const common = {
  to: Account,
  amount: c.nat,
  fee: c.opt(c.nat),
  memo: c.opt(c.blob({ max: 32 })),
  created_at_time: c.opt(c.nat64),
};
const Subaccount = c.opt(c.blob({ max: 32 }));

/** Argument of `icrc1_transfer`. */
export const TransferArg = c.named(
  'TransferArg',
  c.record({ from_subaccount: Subaccount, ...common }),
);

/** Argument of `icrc2_transfer_from`; the spender is the caller. */
export const TransferFromArgs = c.named(
  'TransferFromArgs',
  c.record({ spender_subaccount: Subaccount, from: Account, ...common }),
);

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
    memo: c.opt(c.blob({ max: 32 })),
    created_at_time: c.opt(c.nat64),
  }),
);

/** Why `icrc2_approve` refused. */
export const ApproveError = c.named(
  'ApproveError',
  c.variant({
    BadFee: LedgerErrors.BadFee,
    InsufficientFunds: LedgerErrors.InsufficientFunds,
    AllowanceChanged: c.record({ current_allowance: c.nat }),
    Expired: c.record({ ledger_time: c.nat64 }),
    TooOld: c.null,
    CreatedInFuture: LedgerErrors.CreatedInFuture,
    Duplicate: LedgerErrors.Duplicate,
    TemporarilyUnavailable: c.null,
    GenericError: LedgerErrors.GenericError,
  }),
);

/** A ledger as the gateway and its clients use it. */
export const Ledger = service('Ledger', {
  icrc1_fee: query([], c.nat),
  icrc1_balance_of: query([Account], c.nat),
  icrc1_transfer: update([TransferArg], c.named('TransferResult', c.result(c.nat, TransferError))),
  icrc2_approve: update([ApproveArgs], c.named('ApproveResult', c.result(c.nat, ApproveError))),
  icrc2_transfer_from: update(
    [TransferFromArgs],
    c.named('TransferFromResult', c.result(c.nat, TransferFromError)),
  ),
});
