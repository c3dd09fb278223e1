import type { ByteStore } from '@fabrica/core/store';

import type { Account, Allowance } from '../standards.ts';
import { SUBACCOUNT_LENGTH } from './account.ts';
import type { Allowances } from './allowances.ts';
import { listName } from './list-name.ts';
import { SortedKeys } from './sorted-keys.ts';

const MAX_PRINCIPAL = 29;
const SPENDER_AT = SUBACCOUNT_LENGTH;
const LENGTH_AT = SPENDER_AT + MAX_PRINCIPAL;
const SPENDER_SUBACCOUNT_AT = LENGTH_AT + 1;
const KEY_BYTES = SPENDER_SUBACCOUNT_AT + SUBACCOUNT_LENGTH;

/** Approvals looked at for one answer, those that have expired included. */
const MAX_SCANNED = 2_000;

/** An allowance with the accounts it is of. */
export interface ListedAllowance extends Allowance {
  readonly from: Account;
  readonly spender: Account;
}

/**
 * The approvals of every principal in the order ICRC-103 asks for: by subaccount, then by spender. A principal's
 * bytes, then those of the subaccount; none counts as 32 zero bytes.
 */
export class AllowanceList {
  readonly #keys: SortedKeys;
  readonly #allowances: Allowances;

  constructor(store: ByteStore, allowances: Allowances) {
    this.#keys = new SortedKeys(store, KEY_BYTES);
    this.#allowances = allowances;
  }

  /** Lists an approval that there is at `now`, and drops one that there is not. */
  reconcile(from: Account, spender: Account, now: bigint): void {
    const { allowance } = this.#allowances.get(this.#allowances.key(from, spender), now);
    const [list, key] = [listName(from.owner), keyOf(from, spender)];
    if (allowance > 0n) this.#keys.add(list, key);
    else this.#keys.remove(list, key);
  }

  /**
   * Active allowances of `from.owner`, from its account `from` on.
   *
   * @param after the spender to go on after; `null` to begin with the first.
   */
  read(from: Account, after: Account | null, limit: number, now: bigint): ListedAllowance[] {
    const found: ListedAllowance[] = [];
    const last = after === null ? null : keyOf(from, after);
    const first = last ?? new Uint8Array(KEY_BYTES);
    if (last === null && from.subaccount !== null) first.set(from.subaccount);
    let scanned = 0;
    for (const key of this.#keys.from(listName(from.owner), first)) {
      if (found.length === limit || (scanned += 1) > MAX_SCANNED) break;
      if (last !== null && scanned === 1 && equalKeys(key, last)) continue;
      const pair = pairOf(from.owner, key);
      const active = this.#allowances.get(this.#allowances.key(pair.from, pair.spender), now);
      if (active.allowance > 0n) found.push({ ...pair, ...active });
    }
    return found;
  }
}

function keyOf(from: Account, spender: Account): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  if (from.subaccount !== null) key.set(from.subaccount);
  key.set(spender.owner, SPENDER_AT);
  key[LENGTH_AT] = spender.owner.length;
  if (spender.subaccount !== null) key.set(spender.subaccount, SPENDER_SUBACCOUNT_AT);
  return key;
}

function pairOf(owner: Uint8Array, key: Uint8Array): { from: Account; spender: Account } {
  return {
    from: { owner, subaccount: subaccountIn(key, 0) },
    spender: {
      owner: key.slice(SPENDER_AT, SPENDER_AT + key[LENGTH_AT]!),
      subaccount: subaccountIn(key, SPENDER_SUBACCOUNT_AT),
    },
  };
}

function subaccountIn(key: Uint8Array, at: number): Uint8Array | null {
  const bytes = key.slice(at, at + SUBACCOUNT_LENGTH);
  return bytes.some((byte) => byte !== 0) ? bytes : null;
}

function equalKeys(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at]);
}
