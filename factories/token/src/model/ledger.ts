import type { ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { sameAccount } from './account.ts';
import { Allowances } from './allowances.ts';
import { MAX_AMOUNT } from './amount.ts';
import { Balances } from './balances.ts';
import { BlockLog, type Block } from './block-log.ts';
import { RecentTransactions } from './recent-transactions.ts';

/**
 * Where a ledger keeps its state: a store, and the numbers of its keyspaces there. Not views of the
 * keyspaces, as their copies of keys would cost a transfer 8 % more; see `accountKey`.
 */
export interface LedgerMemory {
  readonly store: ByteStore;
  readonly balances: number;
  readonly allowances: number;
  readonly blocks: number;
  readonly transactions: number;
}

/** What a ledger was ordered with, as far as its rules ask. */
export interface LedgerTerms {
  /** Taken for each transfer and approval, in the smallest unit. */
  readonly fee: bigint;
  /** Mints by sending and burns by receiving; `null` for a token whose supply cannot grow. */
  readonly minter: Account | null;
  /** Receives every fee; `null` to burn them. */
  readonly feeCollector: Account | null;
  /** The total supply may not rise above it; `null` for no more than {@link MAX_AMOUNT}. */
  readonly maxSupply: bigint | null;
}

/** The state of a token: what the rules in `transfer.ts`, `approve.ts` and `transfer-from.ts` read and write. */
export class Ledger {
  readonly balances: Balances;
  readonly allowances: Allowances;
  readonly blocks: BlockLog;
  readonly recent: RecentTransactions;
  readonly fee: bigint;
  readonly maxSupply: bigint;
  /** Mints by sending and burns by receiving; `null` if nobody does. */
  minter: Account | null;
  /** Nothing is recorded while it is. */
  paused = false;
  /** Receives every fee; `null` if they are burned. */
  readonly feeCollector: Account | null;
  readonly #collectorKey: Uint8Array | null;

  constructor(memory: LedgerMemory, { fee, minter, feeCollector, maxSupply }: LedgerTerms) {
    const { store } = memory;
    this.balances = new Balances(store, memory.balances);
    this.allowances = new Allowances(store, memory.allowances);
    this.blocks = new BlockLog(store, memory.blocks);
    this.recent = new RecentTransactions(store, memory.transactions, this.blocks);
    this.fee = fee;
    this.maxSupply = maxSupply ?? MAX_AMOUNT;
    this.minter = minter;
    this.feeCollector = feeCollector;
    this.#collectorKey = feeCollector === null ? null : this.balances.key(feeCollector);
  }

  /** True if the account mints and burns. */
  isMinter(account: Account): boolean {
    return this.minter !== null && sameAccount(this.minter, account);
  }

  /**
   * Gives a fee that its payer has been debited to the collector, or burns it.
   *
   * @returns the total supply that this leaves.
   */
  collect(fee: bigint, supply: bigint): bigint {
    if (this.#collectorKey === null) return supply - fee;
    this.balances.credit(this.#collectorKey, fee);
    return supply;
  }

  /**
   * Writes the block of a transaction that has taken effect. Costs one store set, and one more if the
   * transaction is to be deduplicated.
   *
   * @param createdAt the time the call named, if it named one.
   * @param supply the total supply that it leaves.
   * @returns its index.
   */
  record(block: Block, createdAt: bigint | null, supply: bigint): bigint {
    const index = this.blocks.append(block, supply);
    if (createdAt !== null) this.recent.remember(block.transaction, createdAt, index);
    return BigInt(index);
  }
}
