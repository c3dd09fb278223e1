import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { accountTransactions } from '../../model/account-transactions.ts';
import { listAllowances } from '../../model/list-allowances.ts';
import { requireSubaccount } from '../../model/queries.ts';
import { followers, ledger } from './ledger.ts';

const { methods } = TokenContract;

/** Most subaccounts in one answer. */
const MAX_SUBACCOUNTS = 500;

export const get_account_transactions = handle(methods.get_account_transactions, (args) =>
  accountTransactions(ledger(), followers(), args),
);

export const list_subaccounts = handle(methods.list_subaccounts, ({ owner, start }) => {
  requireSubaccount(start);
  return followers().subaccounts.read(owner, start, MAX_SUBACCOUNTS);
});

/** The ledger is its own index. */
export const ledger_id = handle(methods.ledger_id, (context) => context.self);

export const status = handle(methods.status, () => ({
  num_blocks_synced: BigInt(followers().sealed.length),
}));

export const icrc106_get_index_principal = handle(
  methods.icrc106_get_index_principal,
  (context) => ({ Ok: context.self }),
);

export const icrc103_get_allowances = handle(methods.icrc103_get_allowances, (args, context) =>
  listAllowances(followers().allowances, context.caller, args, context.now),
);
