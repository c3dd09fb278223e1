import { c, service, update, type Infer } from '@fabrica/core/candid';

import { Subaccount } from './account.ts';

const Tokens = c.named('Tokens', c.record({ e8s: c.nat64 }));

/** Argument of the ICP ledger's `transfer`: to an account identifier, 32 bytes. */
export const IcpTransferArgs = c.named(
  'IcpTransferArgs',
  c.record({
    memo: c.nat64,
    amount: Tokens,
    fee: Tokens,
    from_subaccount: Subaccount,
    to: c.blob({ max: 64 }),
    created_at_time: c.opt(c.record({ timestamp_nanos: c.nat64 })),
  }),
);
export type IcpTransferArgs = Infer<typeof IcpTransferArgs>;

/** Why the ICP ledger's `transfer` refused. */
export const IcpTransferError = c.named(
  'IcpTransferError',
  c.variant({
    BadFee: c.record({ expected_fee: Tokens }),
    InsufficientFunds: c.record({ balance: Tokens }),
    TxTooOld: c.record({ allowed_window_nanos: c.nat64 }),
    TxCreatedInFuture: c.null,
    TxDuplicate: c.record({ duplicate_of: c.nat64 }),
  }),
);

/**
 * What a wallet calls of the ICP ledger beyond ICRC. Names and shapes are that ledger's own:
 * https://github.com/dfinity/ic/blob/master/rs/ledger_suite/icp/ledger.did
 */
export const IcpLedger = service('IcpLedger', {
  transfer: update([IcpTransferArgs], c.result(c.nat64, IcpTransferError)),
});
