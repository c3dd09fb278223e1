import type { ByteStore } from '@fabrica/core/store';

import type { Allowance } from '../standards.ts';
import { amountSize, readAmount, writeAmount } from './amount.ts';

const VERSION = 1;
const NONE: Allowance = { allowance: 0n, expires_at: null };

/**
 * What spenders may take from accounts, by the account's key and the spender's. No entry holds zero;
 * one that has expired counts as none and goes when the next approval or spending writes its place.
 */
export class Allowances {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** The allowance active at `now`. Costs one store get. */
  get(from: Uint8Array, spender: Uint8Array, now: bigint): Allowance {
    const bytes = this.#space.get(pair(from, spender));
    if (bytes === null) return NONE;
    if (bytes[0] !== VERSION) throw new Error(`No reader for allowance version ${bytes[0]}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const allowance = readAmount(view, 1);
    const at = 1 + amountSize(allowance);
    if (at === bytes.length) return { allowance, expires_at: null };
    const expires = view.getBigUint64(at);
    return expires <= now ? NONE : { allowance, expires_at: expires };
  }

  /** Costs one store set, or a delete when the allowance is 0. */
  set(from: Uint8Array, spender: Uint8Array, { allowance, expires_at }: Allowance): void {
    const key = pair(from, spender);
    if (allowance === 0n) {
      this.#space.delete(key);
      return;
    }
    const bytes = new Uint8Array(1 + amountSize(allowance) + (expires_at === null ? 0 : 8));
    const view = new DataView(bytes.buffer);
    bytes[0] = VERSION;
    const at = writeAmount(view, 1, allowance);
    if (expires_at !== null) view.setBigUint64(at, expires_at);
    this.#space.set(key, bytes);
  }
}

/** Both keys in a row; no two pairs give the same bytes, as no account key begins another. */
function pair(from: Uint8Array, spender: Uint8Array): Uint8Array {
  const key = new Uint8Array(from.length + spender.length);
  key.set(from);
  key.set(spender, from.length);
  return key;
}
