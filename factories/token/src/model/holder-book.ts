import { concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { accountKey } from './account.ts';
import type { Balances } from './balances.ts';

/** A principal that came to hold tokens, or holds none any more. */
export interface HolderChange {
  readonly kind: 'RoleAdded' | 'RoleRemoved';
  readonly user: Uint8Array;
}

/** Before the key of a principal; no account's key begins with it. */
const OWNER = 0xff;
const HOLDS = Uint8Array.of(1);

/**
 * Which accounts were last seen to hold tokens, and how many of each principal: so that only the first and the last
 * touch of a holder is told, and nothing of the transfers between.
 */
export class HolderBook {
  readonly #store: ByteStore;
  readonly #space: number;
  readonly #balances: Balances;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number, balances: Balances) {
    this.#store = store;
    this.#space = space;
    this.#balances = balances;
  }

  /**
   * Compares accounts that were touched with what was last seen of them. Costs two gets for each; a set or a
   * delete, and a get and a set for its owner, where it began or ceased to hold tokens.
   */
  reconcile(accounts: Iterable<Account>): HolderChange[] {
    const changes: HolderChange[] = [];
    for (const account of accounts) {
      const key = accountKey(this.#space, account);
      const held = this.#store.get(key) !== null;
      const holds = this.#balances.get(this.#balances.key(account)) > 0n;
      if (held === holds) continue;
      if (holds) this.#store.set(key, HOLDS);
      else this.#store.delete(key);
      const count = this.#count(account.owner, holds ? 1 : -1);
      if (holds && count === 1) changes.push({ kind: 'RoleAdded', user: account.owner });
      if (!holds && count === 0) changes.push({ kind: 'RoleRemoved', user: account.owner });
    }
    return changes;
  }

  /** Changes how many accounts of a principal hold tokens. */
  #count(owner: Uint8Array, change: number): number {
    const key = concat(Uint8Array.of(this.#space, OWNER), owner);
    const bytes = this.#store.get(key);
    const count = (bytes === null ? 0 : readU32(bytes)) + change;
    if (count === 0) this.#store.delete(key);
    else this.#store.set(key, u32(count));
    return count;
  }
}
