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

const CURSOR_KEY = new Uint8Array();

/**
 * The transactions of the last day that named the time they were created, by their canonical bytes: what
 * is found here is a duplicate, exactly, with no hash to collide.
 *
 * Forgetting follows the block log from a cursor, so that nothing need be listed twice.
 */
export class RecentTransactions {
  readonly #space: ByteStore;
  readonly #log: BlockLog;
  #forgotten: number | undefined;

  constructor(space: ByteStore, log: BlockLog) {
    this.#space = space;
    this.#log = log;
  }

  /** The index of the block that recorded the transaction, or `null`. Costs one store get. */
  find(transaction: Uint8Array): number | null {
    const bytes = this.#space.get(transaction);
    return bytes === null ? null : readU32(bytes);
  }

  /** Costs one store set. */
  remember(transaction: Uint8Array, index: number): void {
    this.#space.set(transaction, u32(index));
  }

  /**
   * Forgets transactions that are too old to be sent again. Costs one store delete for each, one get for
   * 16 blocks and one set.
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
        this.#space.delete(transaction);
      }
      wait = null;
      cursor += 1;
    }
    if (cursor > start) {
      this.#space.set(CURSOR_KEY, u32(cursor));
      this.#forgotten = cursor;
    }
    return wait ?? (cursor < this.#log.length ? 0n : null);
  }

  /** Blocks below it are forgotten. */
  #cursor(): number {
    if (this.#forgotten === undefined) {
      const bytes = this.#space.get(CURSOR_KEY);
      this.#forgotten = bytes === null ? 0 : readU32(bytes);
    }
    return this.#forgotten;
  }
}
