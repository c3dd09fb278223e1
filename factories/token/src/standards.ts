import { c, query, update, type Infer } from '@fabrica/core/candid';

/**
 * The Candid types and methods of the ICRC-1, ICRC-2 and ICRC-10 standards.
 * Names and shapes are the standards' own: https://github.com/dfinity/ICRC-1/tree/main/standards and
 * https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-10/ICRC-10.did
 *
 * Maxima here only bound what is decoded. They lie above the rules' own limits, so that a value a little
 * too long gets the error that names it, not "does not decode".
 */

/** A principal and one of its 2^256 subaccounts; no subaccount means the one of 32 zero bytes. */
export const Account = c.named(
  'Account',
  c.record({ owner: c.principal, subaccount: c.opt(c.blob({ max: 64 })) }),
);
export type Account = Infer<typeof Account>;

const Subaccount = c.opt(c.blob({ max: 64 }));
const Memo = c.opt(c.blob({ max: 1_000 }));

/** Argument of `icrc1_transfer`. `created_at_time` in nanoseconds since the epoch. */
export const TransferArg = c.named(
  'TransferArg',
  c.record({
    from_subaccount: Subaccount,
    to: Account,
    amount: c.nat,
    fee: c.opt(c.nat),
    memo: Memo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type TransferArg = Infer<typeof TransferArg>;

/** Argument of `icrc2_approve`. `expires_at` in nanoseconds since the epoch. */
export const ApproveArgs = c.named(
  'ApproveArgs',
  c.record({
    from_subaccount: Subaccount,
    spender: Account,
    amount: c.nat,
    expected_allowance: c.opt(c.nat),
    expires_at: c.opt(c.nat64),
    fee: c.opt(c.nat),
    memo: Memo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type ApproveArgs = Infer<typeof ApproveArgs>;

/** Argument of `icrc2_transfer_from`. The spender is the caller. */
export const TransferFromArgs = c.named(
  'TransferFromArgs',
  c.record({
    spender_subaccount: Subaccount,
    from: Account,
    to: Account,
    amount: c.nat,
    fee: c.opt(c.nat),
    memo: Memo,
    created_at_time: c.opt(c.nat64),
  }),
);
export type TransferFromArgs = Infer<typeof TransferFromArgs>;

/** Argument of `icrc2_allowance`. */
export const AllowanceArgs = c.named(
  'AllowanceArgs',
  c.record({ account: Account, spender: Account }),
);
export type AllowanceArgs = Infer<typeof AllowanceArgs>;

/** What a spender may still take; 0 without expiry if there is no active approval. */
export const Allowance = c.named(
  'Allowance',
  c.record({ allowance: c.nat, expires_at: c.opt(c.nat64) }),
);
export type Allowance = Infer<typeof Allowance>;

const recordingErrors = {
  TooOld: c.null,
  CreatedInFuture: c.record({ ledger_time: c.nat64 }),
  Duplicate: c.record({ duplicate_of: c.nat }),
  BadFee: c.record({ expected_fee: c.nat }),
  InsufficientFunds: c.record({ balance: c.nat }),
  TemporarilyUnavailable: c.null,
  GenericError: c.record({ error_code: c.nat, message: c.text({ max: 1_000 }) }),
};
const movingErrors = { ...recordingErrors, BadBurn: c.record({ min_burn_amount: c.nat }) };

/** Why `icrc1_transfer` refused. */
export const TransferError = c.named('TransferError', c.variant(movingErrors));
export type TransferError = Infer<typeof TransferError>;

/** Why `icrc2_transfer_from` refused. */
export const TransferFromError = c.named(
  'TransferFromError',
  c.variant({ ...movingErrors, InsufficientAllowance: c.record({ allowance: c.nat }) }),
);
export type TransferFromError = Infer<typeof TransferFromError>;

/** Why `icrc2_approve` refused. */
export const ApproveError = c.named(
  'ApproveError',
  c.variant({
    ...recordingErrors,
    AllowanceChanged: c.record({ current_allowance: c.nat }),
    Expired: c.record({ ledger_time: c.nat64 }),
  }),
);
export type ApproveError = Infer<typeof ApproveError>;

/** `Ok` is the index of the block that records it. */
export const TransferResult = c.named('TransferResult', c.result(c.nat, TransferError));
export type TransferResult = Infer<typeof TransferResult>;
export const TransferFromResult = c.named('TransferFromResult', c.result(c.nat, TransferFromError));
export type TransferFromResult = Infer<typeof TransferFromResult>;
export const ApproveResult = c.named('ApproveResult', c.result(c.nat, ApproveError));
export type ApproveResult = Infer<typeof ApproveResult>;

/** The value of a metadata entry. */
export const MetadataValue = c.named(
  'MetadataValue',
  c.variant({ Nat: c.nat, Int: c.int, Text: c.text({ max: 50_000 }), Blob: c.blob }),
);
const Metadata = c.vec(c.tuple(c.text, MetadataValue), { max: 100 });
export type Metadata = Infer<typeof Metadata>;

/** A standard by its name and the address of its text. */
export const SupportedStandard = c.named(
  'SupportedStandard',
  c.record({ name: c.text, url: c.text }),
);
const SupportedStandards = c.vec(SupportedStandard);
export type SupportedStandards = Infer<typeof SupportedStandards>;

/** The methods of the ICRC standards, as the ledger serves them. */
export const ledgerMethods = {
  icrc1_name: query([], c.text),
  icrc1_symbol: query([], c.text),
  icrc1_decimals: query([], c.nat8),
  icrc1_fee: query([], c.nat),
  icrc1_metadata: query([], Metadata),
  icrc1_total_supply: query([], c.nat),
  icrc1_minting_account: query([], c.opt(Account)),
  icrc1_balance_of: query([Account], c.nat),
  icrc1_transfer: update([TransferArg], TransferResult),
  icrc1_supported_standards: query([], SupportedStandards),
  icrc2_approve: update([ApproveArgs], ApproveResult),
  icrc2_transfer_from: update([TransferFromArgs], TransferFromResult),
  icrc2_allowance: query([AllowanceArgs], Allowance),
  icrc10_supported_standards: query([], SupportedStandards),
} as const;
