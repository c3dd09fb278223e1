import type { ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { accountKey } from './account.ts';
import { MAX_AMOUNT_BYTES, readAmount, writeAmount } from './amount.ts';

const VERSION = 1;

/** Where values are written; the store copies what it is given. */
const scratch = new Uint8Array(1 + MAX_AMOUNT_BYTES);
const scratchView = new DataView(scratch.buffer);
scratch[0] = VERSION;

/** What every account holds, by key. An account that holds nothing has no entry. */
export class Balances {
  readonly #store: ByteStore;
  readonly #space: number;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number) {
    this.#store = store;
    this.#space = space;
  }

  /** The key by which an account is found here. */
  key(account: Account): Uint8Array {
    return accountKey(this.#space, account);
  }

  /** @returns 0 for an account never seen. Costs one store get. */
  get(key: Uint8Array): bigint {
    const bytes = this.#store.get(key);
    if (bytes === null) return 0n;
    if (bytes[0] !== VERSION) throw new Error(`No reader for balance version ${bytes[0]}`);
    return readAmount(new DataView(bytes.buffer, bytes.byteOffset), 1);
  }

  /** Costs one store set, or a delete when `balance` is 0. */
  set(key: Uint8Array, balance: bigint): void {
    if (balance === 0n) {
      this.#store.delete(key);
      return;
    }
    const end = writeAmount(scratchView, 1, balance);
    this.#store.set(key, scratch.subarray(0, end));
  }

  /** Adds to what the account holds. Adding nothing costs nothing. */
  credit(key: Uint8Array, amount: bigint): void {
    if (amount > 0n) this.set(key, this.get(key) + amount);
  }
}
