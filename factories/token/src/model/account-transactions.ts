import type {
  GetAccountTransactionsArgs,
  GetAccountTransactionsResult,
  IndexedTransaction,
} from '../index-schema.ts';
import type { Block } from './block-log.ts';
import type { Followers } from './followers.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { isMalformed } from './request.ts';
import { decodeTransaction } from './transaction.ts';

/** Most transactions in one answer; a wallet asks on from the last. */
export const MAX_TRANSACTIONS = 100;

/** `get_account_transactions`: what concerned an account, newest first. Costs a store get for each. */
export function accountTransactions(
  ledger: Ledger,
  { history }: Followers,
  { account, start, max_results }: GetAccountTransactionsArgs,
): GetAccountTransactionsResult {
  if (isMalformed(account.subaccount)) {
    return { Err: { message: genericErrors.subaccountLength.GenericError.message } };
  }
  const limit = max_results > BigInt(MAX_TRANSACTIONS) ? MAX_TRANSACTIONS : Number(max_results);
  const { indexes, oldest } = history.read(account, start, limit);
  const transactions = indexes.map((index) => {
    const block = ledger.blocks.at(index);
    if (block === null) throw new Error(`The history names block ${index}, which is missing`);
    return { id: BigInt(index), transaction: shown(block) };
  });
  const balance = ledger.balances.get(ledger.balances.key(account));
  return { Ok: { balance, transactions, oldest_tx_id: oldest === null ? null : BigInt(oldest) } };
}

function shown({ timestamp, fee, transaction }: Block): IndexedTransaction {
  const { operation, call } = decodeTransaction(transaction);
  const { from, to, spender, amount, memo, createdAt: created_at_time } = call;
  const common = { amount, memo, created_at_time };
  const nothing = { timestamp, mint: null, burn: null, transfer: null, approve: null };
  if (operation === 'mint' && to !== null) {
    return { ...nothing, kind: 'mint', mint: { ...common, to } };
  }
  if (operation === 'burn' && from !== null) {
    return { ...nothing, kind: 'burn', burn: { ...common, from, spender } };
  }
  if (operation === 'xfer' && from !== null && to !== null) {
    return { ...nothing, kind: 'transfer', transfer: { ...common, from, to, spender, fee } };
  }
  if (operation === 'approve' && from !== null && spender !== null) {
    const { expectedAllowance: expected_allowance, expiresAt: expires_at } = call;
    const approve = { ...common, from, spender, fee, expected_allowance, expires_at };
    return { ...nothing, kind: 'approve', approve };
  }
  throw new Error(`A block of ${operation} lacks an account`);
}
