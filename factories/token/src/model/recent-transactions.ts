import { readU32, u32, type ByteStore } from '@fabrica/core/store';

import type { BlockLog } from './block-log.ts';
import { isDeduplicated } from './transaction.ts';

const HOUR = 3_600_000_000_000n;

/** How long a transaction may travel to the ledger (ICRC-1, TX_WINDOW), in nanoseconds: 24 hours. */
export const TRANSACTION_WINDOW = 24n * HOUR;
/** How far a client's clock may differ (ICRC-1, PERMITTED_DRIFT), in nanoseconds: 2 minutes. */
export const PERMITTED_DRIFT = HOUR / 30n;
/** After this long a recorded transaction can only be refused as too old, whatever time it named. */
const REMEMBERED = TRANSACTION_WINDOW + 2n * PERMITTED_DRIFT;

/**
 * The transactions of the last day that named the time they were created, by their canonical bytes: what
 * is found here is a duplicate, exactly, with no hash to collide.
 *
 * Forgetting follows the block log from a cursor, so that nothing need be listed twice.
 */
export class RecentTransactions {
  readonly #store: ByteStore;
  readonly #space: number;
  readonly #log: BlockLog;
  readonly #cursorKey: Uint8Array;
  #forgotten: number | undefined;
  /** No transaction recorded so far names a later time. */
  #newest: bigint;
  /** The last key made, and for what: a transaction is looked for, then remembered. */
  #key = new Uint8Array();
  #keyOf: Uint8Array | undefined;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number, log: BlockLog) {
    this.#store = store;
    this.#space = space;
    this.#log = log;
    this.#cursorKey = Uint8Array.of(space);
    const { last } = log;
    this.#newest = last === null ? -1n : last.timestamp + PERMITTED_DRIFT;
  }

  /**
   * The index of the block that recorded the transaction, or `null`. Costs one store get, or nothing when it
   * names a later time than all before: the usual case, and a twentieth of what a transfer costs.
   */
  find(transaction: Uint8Array, createdAt: bigint): number | null {
    if (createdAt > this.#newest) return null;
    const bytes = this.#store.get(this.#keyFor(transaction));
    return bytes === null ? null : readU32(bytes);
  }

  /** Costs one store set. */
  remember(transaction: Uint8Array, createdAt: bigint, index: number): void {
    if (createdAt > this.#newest) this.#newest = createdAt;
    this.#store.set(this.#keyFor(transaction), u32(index));
  }

  /**
   * Forgets transactions that are too old to be sent again. Costs one store delete for each, one get for
   * 8 blocks and one set.
   *
   * @param limit the most blocks to look at.
   * @returns nanoseconds until there is more to forget; 0 if there is more now, `null` if nothing is left.
   */
  forget(now: bigint, limit: number): bigint | null {
    const start = this.#cursor();
    let cursor = start;
    let wait: bigint | null = null;
    for (const { timestamp, transaction } of this.#log.slice(start, limit)) {
      if (isDeduplicated(transaction)) {
        wait = timestamp + REMEMBERED - now + 1n;
        if (wait > 0n) break;
        this.#store.delete(this.#keyFor(transaction));
      }
      wait = null;
      cursor += 1;
    }
    if (cursor > start) {
      this.#store.set(this.#cursorKey, u32(cursor));
      this.#forgotten = cursor;
    }
    return wait ?? (cursor < this.#log.length ? 0n : null);
  }

  /** Blocks below it are forgotten. */
  #cursor(): number {
    if (this.#forgotten === undefined) {
      const bytes = this.#store.get(this.#cursorKey);
      this.#forgotten = bytes === null ? 0 : readU32(bytes);
    }
    return this.#forgotten;
  }

  #keyFor(transaction: Uint8Array): Uint8Array {
    if (this.#keyOf !== transaction) {
      this.#keyOf = transaction;
      this.#key = new Uint8Array(1 + transaction.length);
      this.#key[0] = this.#space;
      this.#key.set(transaction, 1);
    }
    return this.#key;
  }
}
