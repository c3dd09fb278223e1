import type { ByteStore } from '@fabrica/core/store';

import { amountSize, readAmount, writeAmount } from './amount.ts';

const VERSION = 1;

/** What every account holds, by account key. An account that holds nothing has no entry. */
export class Balances {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** @returns 0 for an account never seen. Costs one store get. */
  get(key: Uint8Array): bigint {
    const bytes = this.#space.get(key);
    if (bytes === null) return 0n;
    if (bytes[0] !== VERSION) throw new Error(`No reader for balance version ${bytes[0]}`);
    return readAmount(new DataView(bytes.buffer, bytes.byteOffset), 1);
  }

  /** Costs one store set, or a delete when `balance` is 0. */
  set(key: Uint8Array, balance: bigint): void {
    if (balance === 0n) {
      this.#space.delete(key);
      return;
    }
    const bytes = new Uint8Array(1 + amountSize(balance));
    bytes[0] = VERSION;
    writeAmount(new DataView(bytes.buffer), 1, balance);
    this.#space.set(key, bytes);
  }

  /** Adds to what the account holds. Adding nothing costs nothing. */
  credit(key: Uint8Array, amount: bigint): void {
    if (amount > 0n) this.set(key, this.get(key) + amount);
  }
}
