import type { ByteStore } from '@fabrica/core/store';

import type { Account, Allowance } from '../standards.ts';
import { pairKey } from './account.ts';
import { amountSize, MAX_AMOUNT_BYTES, readAmount, writeAmount } from './amount.ts';

const VERSION = 1;
const NONE: Allowance = Object.freeze({ allowance: 0n, expires_at: null });

/** Where values are written; the store copies what it is given. */
const scratch = new Uint8Array(1 + MAX_AMOUNT_BYTES + 8);
const scratchView = new DataView(scratch.buffer);
scratch[0] = VERSION;

/**
 * What spenders may take from accounts, by key. No entry holds zero; one that has expired counts as none
 * and goes when the next approval or spending writes its place.
 */
export class Allowances {
  readonly #store: ByteStore;
  readonly #space: number;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number) {
    this.#store = store;
    this.#space = space;
  }

  /** The key by which an allowance is found here. */
  key(from: Account, spender: Account): Uint8Array {
    return pairKey(this.#space, from, spender);
  }

  /** The allowance active at `now`. Costs one store get. */
  get(key: Uint8Array, now: bigint): Allowance {
    const bytes = this.#store.get(key);
    if (bytes === null) return NONE;
    if (bytes[0] !== VERSION) throw new Error(`No reader for allowance version ${bytes[0]}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const allowance = readAmount(view, 1);
    const at = 1 + amountSize(allowance);
    if (at === bytes.length) return { allowance, expires_at: null };
    const expires = view.getBigUint64(at);
    return expires <= now ? NONE : { allowance, expires_at: expires };
  }

  /** Costs one store set, or a delete when the amount is 0. */
  set(key: Uint8Array, amount: bigint, expires: bigint | null): void {
    if (amount === 0n) {
      this.#store.delete(key);
      return;
    }
    let end = writeAmount(scratchView, 1, amount);
    if (expires !== null) {
      scratchView.setBigUint64(end, expires);
      end += 8;
    }
    this.#store.set(key, scratch.subarray(0, end));
  }
}
