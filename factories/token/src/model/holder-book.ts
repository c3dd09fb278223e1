import { concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { accountKey } from './account.ts';
import type { Balances } from './balances.ts';
import { HolderList } from './holder-list.ts';

/** A principal that came to hold tokens, or holds none any more. */
export interface HolderChange {
  readonly kind: 'RoleAdded' | 'RoleRemoved';
  readonly user: Uint8Array;
}

/** Before the key of a principal; no account's key begins with it. */
const OWNER = 0xff;
const HOLDS = Uint8Array.of(1);
/** Under it the number of accounts (4 bytes) and the position in the list (4 bytes), which 0.1.0 left out. */
const UNLISTED_BYTES = 4;

/**
 * Which accounts were last seen to hold tokens, and how many of each principal: so that only the first and the last
 * touch of a holder is told, and nothing of the transfers between.
 */
export class HolderBook {
  readonly #store: ByteStore;
  readonly #space: number;
  readonly #balances: Balances;
  readonly members: HolderList;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number, balances: Balances) {
    this.#store = store;
    this.#space = space;
    this.#balances = balances;
    this.members = new HolderList(store, space);
  }

  /**
   * Compares accounts that were touched with what was last seen of them. Costs two gets for each; a set or a
   * delete, and a get and a set for its owner, where it began or ceased to hold tokens; two sets more for an owner
   * who came, and up to two gets and five writes for one who left.
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

  /** Lists the principals of accounts who hold tokens but were not listed yet: of a token of 0.1.0. */
  list(accounts: Iterable<Account>): void {
    for (const { owner } of accounts) {
      const key = this.#ownerKey(owner);
      const bytes = this.#store.get(key);
      if (bytes?.length !== UNLISTED_BYTES) continue;
      this.#store.set(key, concat(bytes, u32(this.members.push(owner))));
    }
  }

  /** Those who hold tokens, `limit` at most from a position on; `null` while not all of them are listed. */
  page(from: number, limit: number): Uint8Array[] | null {
    const { cursor, size } = this.members;
    if (cursor !== null) return null;
    const length = Math.max(0, Math.min(limit, size - from));
    return Array.from({ length }, (_, at) => this.members.at(from + at));
  }

  /** Changes how many accounts of a principal hold tokens. */
  #count(owner: Uint8Array, change: number): number {
    const key = this.#ownerKey(owner);
    const bytes = this.#store.get(key);
    const count = (bytes === null ? 0 : readU32(bytes)) + change;
    if (count === 0) {
      this.#store.delete(key);
      if (bytes !== null && bytes.length > UNLISTED_BYTES) this.#unlist(readU32(bytes, 4));
    } else {
      const position = bytes === null ? u32(this.members.push(owner)) : bytes.slice(4);
      this.#store.set(key, concat(u32(count), position));
    }
    return count;
  }

  #unlist(position: number): void {
    const moved = this.members.remove(position);
    if (moved === null) return;
    const key = this.#ownerKey(moved);
    const bytes = this.#store.get(key);
    if (bytes === null) throw new Error('A listed holder holds nothing');
    this.#store.set(key, concat(bytes.slice(0, 4), u32(position)));
  }

  #ownerKey(owner: Uint8Array): Uint8Array {
    return concat(Uint8Array.of(this.#space, OWNER), owner);
  }
}
