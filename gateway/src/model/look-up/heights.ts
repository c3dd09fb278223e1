import { binary } from '@fabrica/core/store';

/** A block that a ledger told of, and when. */
export interface Height {
  readonly block: bigint;
  /** Nanoseconds since the epoch. */
  readonly at: bigint;
}

/**
 * The newest block that each ledger told in answer to a transfer: a log or an index that does not reach it lags behind.
 * On the heap: what an upgrade forgets, the next answer tells again.
 */
export class Heights {
  readonly #heights = new Map<string, Height>();

  note(ledger: Uint8Array, block: bigint, at: bigint): void {
    const known = this.of(ledger);
    if (known === null || block > known.block) this.#heights.set(binary(ledger), { block, at });
  }

  of(ledger: Uint8Array): Height | null {
    return this.#heights.get(binary(ledger)) ?? null;
  }
}
