import type { ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { SUBACCOUNT_LENGTH } from './account.ts';
import { listName } from './list-name.ts';
import { SortedKeys } from './sorted-keys.ts';

/** The subaccounts of every principal that a block concerned, in the order of their bytes. */
export class Subaccounts {
  readonly #keys: SortedKeys;

  constructor(store: ByteStore) {
    this.#keys = new SortedKeys(store, SUBACCOUNT_LENGTH);
  }

  /** The default subaccount counts as 32 zero bytes. */
  add({ owner, subaccount }: Account): void {
    this.#keys.add(listName(owner), subaccount ?? new Uint8Array(SUBACCOUNT_LENGTH));
  }

  /** @param after only subaccounts greater than this one; `null` for the first. */
  read(owner: Uint8Array, after: Uint8Array | null, limit: number): Uint8Array[] {
    const found: Uint8Array[] = [];
    for (const key of this.#keys.from(
      listName(owner),
      after ?? new Uint8Array(SUBACCOUNT_LENGTH),
    )) {
      if (found.length === limit) break;
      if (after === null || key.some((byte, at) => byte !== after[at])) found.push(key);
    }
    return found;
  }
}
