import { c, query, type Infer } from '@fabrica/core/candid';

import { Account } from './standards.ts';

/*
 * The index of a ledger, with the interface wallets use (DFINITY's index-ng), and ICRC-106, which tells where it is:
 * https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-106
 */

/** `start`: the last block the client has seen, itself left out; none for the newest. */
export const GetAccountTransactionsArgs = c.named(
  'GetAccountTransactionsArgs',
  c.record({ account: Account, start: c.opt(c.nat), max_results: c.nat }),
);
export type GetAccountTransactionsArgs = Infer<typeof GetAccountTransactionsArgs>;

const call = {
  amount: c.nat,
  memo: c.opt(c.blob),
  created_at_time: c.opt(c.nat64),
};

/** A transaction: `kind` names the one field that is filled. Times in nanoseconds since the epoch. */
export const IndexedTransaction = c.named(
  'IndexedTransaction',
  c.record({
    kind: c.text,
    timestamp: c.nat64,
    mint: c.opt(c.record({ ...call, to: Account })),
    burn: c.opt(c.record({ ...call, from: Account, spender: c.opt(Account) })),
    transfer: c.opt(
      c.record({ ...call, from: Account, to: Account, spender: c.opt(Account), fee: c.opt(c.nat) }),
    ),
    approve: c.opt(
      c.record({
        ...call,
        from: Account,
        spender: Account,
        fee: c.opt(c.nat),
        expected_allowance: c.opt(c.nat),
        expires_at: c.opt(c.nat64),
      }),
    ),
  }),
);
export type IndexedTransaction = Infer<typeof IndexedTransaction>;

/** Newest first. `oldest_tx_id`: the first block that concerned the account. */
const GetTransactions = c.record({
  balance: c.nat,
  transactions: c.vec(c.record({ id: c.nat, transaction: IndexedTransaction })),
  oldest_tx_id: c.opt(c.nat),
});

export const GetAccountTransactionsResult = c.named(
  'GetAccountTransactionsResult',
  c.result(GetTransactions, c.record({ message: c.text })),
);
export type GetAccountTransactionsResult = Infer<typeof GetAccountTransactionsResult>;

/** `start`: only subaccounts greater than this one. */
const ListSubaccountsArgs = c.record({ owner: c.principal, start: c.opt(c.blob({ max: 64 })) });

const GetIndexPrincipalError = c.variant({
  IndexPrincipalNotSet: c.null,
  GenericError: c.record({ error_code: c.nat, description: c.text }),
});

export const indexMethods = {
  get_account_transactions: query([GetAccountTransactionsArgs], GetAccountTransactionsResult),
  list_subaccounts: query([ListSubaccountsArgs], c.vec(c.blob)),
  ledger_id: query([], c.principal),
  status: query([], c.record({ num_blocks_synced: c.nat })),
  icrc106_get_index_principal: query([], c.result(c.principal, GetIndexPrincipalError)),
} as const;
