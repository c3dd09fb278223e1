import { binary, type ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { AccountHistory } from './account-history.ts';
import { accountKey, sameAccount } from './account.ts';
import { AllowanceList } from './allowance-list.ts';
import { HolderBook, type HolderChange } from './holder-book.ts';
import type { SealedLog } from './icrc3/sealed-log.ts';
import type { Ledger } from './ledger.ts';
import { Subaccounts } from './subaccounts.ts';
import { decodeTransaction, type Transaction } from './transaction.ts';

/** Where the followers keep their state: spaces of their own, and numbers of keyspaces in `store`. */
export interface FollowerMemory {
  readonly store: ByteStore;
  readonly history: number;
  readonly holders: number;
  readonly sealed: SealedLog;
  readonly subaccounts: ByteStore;
  readonly allowanceList: ByteStore;
}

/**
 * What follows the block log, so that no transfer need wait for it: the sealed log, every account's history,
 * the lists of subaccounts and of allowances, and who holds tokens. All go by the same block, in order.
 */
export class Followers {
  readonly sealed: SealedLog;
  readonly history: AccountHistory;
  readonly subaccounts: Subaccounts;
  readonly allowances: AllowanceList;
  readonly holders: HolderBook;
  readonly #ledger: Ledger;

  constructor(memory: FollowerMemory, ledger: Ledger) {
    this.sealed = memory.sealed;
    this.history = new AccountHistory(memory.store, memory.history);
    this.subaccounts = new Subaccounts(memory.subaccounts);
    this.allowances = new AllowanceList(memory.allowanceList, ledger.allowances);
    this.holders = new HolderBook(memory.store, memory.holders, ledger.balances);
    this.#ledger = ledger;
  }

  /** Blocks still to be followed. */
  get behind(): number {
    return this.#ledger.blocks.length - this.sealed.length;
  }

  /**
   * Follows the next blocks.
   *
   * @param limit the most blocks; about 12 M instructions each.
   * @returns who came to hold tokens, and who ceased to.
   */
  follow(limit: number, now: bigint): HolderChange[] {
    const { blocks, feeCollector } = this.#ledger;
    const first = this.sealed.length;
    const batch = blocks.slice(first, limit);
    const transactions = batch.map(({ transaction }) => decodeTransaction(transaction));
    const touched = new Map<string, Account>();
    const touch = (account: Account): void =>
      void touched.set(binary(accountKey(0, account)), account);
    const concerned = transactions.map((transaction, at): [number, Account[]] => {
      const accounts = accountsOf(transaction);
      accounts.forEach(touch);
      if (feeCollector !== null && batch[at]!.fee > 0n) touch(feeCollector);
      return [first + at, accounts];
    });
    for (const account of this.history.append(concerned)) this.subaccounts.add(account);
    for (const { call } of transactions) {
      const { from, spender } = call;
      if (from !== null && spender !== null) this.allowances.reconcile(from, spender, now);
    }
    this.sealed.append(batch);
    return this.holders.reconcile(touched.values());
  }
}

/** Blocks looked through for holders in one message: about 200 M instructions. */
const LISTED_AT_ONCE = 200;

/**
 * Goes on listing the holders of a token of 0.1.0, which kept no list: everyone who holds tokens stands in a block.
 *
 * @returns whether there is more to do.
 */
export function listHolders({ holders }: Followers, { blocks, feeCollector }: Ledger): boolean {
  const { cursor } = holders.members;
  if (cursor === null) return false;
  const batch = blocks.slice(cursor, LISTED_AT_ONCE);
  for (const { transaction } of batch) holders.list(accountsOf(decodeTransaction(transaction)));
  const ends = cursor + batch.length === blocks.length;
  if (ends && feeCollector !== null) holders.list([feeCollector]);
  holders.members.advance(ends ? null : cursor + batch.length);
  return !ends;
}

/** The accounts whose history a transaction belongs to, each once; not the spender's, whose tokens it moves not. */
function accountsOf({ operation, call: { from, to } }: Transaction): Account[] {
  const accounts: Account[] = [];
  if (from !== null && operation !== 'mint') accounts.push(from);
  if (to !== null && operation !== 'burn') {
    const [other] = accounts;
    if (other === undefined || !sameAccount(other, to)) accounts.push(to);
  }
  return accounts;
}
