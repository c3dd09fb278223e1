import { binary, concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { accountKey } from './account.ts';

/** Indexes in a page. */
const PAGE = 64;

/*
 * Under an account's key its head: version, how many blocks concern it (4 bytes), the indexes of those that fill
 * no page yet (4 bytes each). Under the key and the number of a page (4 bytes) its indexes. Keys of accounts tell
 * their own length, so that neither is taken for the other.
 */
const VERSION = 1;
const TAIL_AT = 5;

interface Head {
  readonly key: Uint8Array;
  count: number;
  tail: Uint8Array;
}

/** Which blocks concern which account, newest first. */
export class AccountHistory {
  readonly #store: ByteStore;
  readonly #space: number;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number) {
    this.#store = store;
    this.#space = space;
  }

  /**
   * Adds blocks, each to the accounts it concerns. Indexes rise from call to call. Costs a get and a set for
   * each account, and one more set for 64 blocks.
   *
   * @returns the accounts that no block concerned before.
   */
  append(entries: Iterable<readonly [index: number, accounts: readonly Account[]]>): Account[] {
    const heads = new Map<string, Head>();
    const fresh: Account[] = [];
    for (const [index, accounts] of entries) {
      for (const account of accounts) {
        const key = accountKey(this.#space, account);
        const name = binary(key);
        const head = heads.get(name) ?? this.#head(key);
        heads.set(name, head);
        if (head.count === 0) fresh.push(account);
        if (head.tail.length === 4 * PAGE) {
          this.#store.set(concat(key, u32(head.count / PAGE - 1)), head.tail);
          head.tail = new Uint8Array();
        }
        head.tail = concat(head.tail, u32(index));
        head.count += 1;
      }
    }
    for (const { key, count, tail } of heads.values()) {
      this.#store.set(key, concat(Uint8Array.of(VERSION), u32(count), tail));
    }
    return fresh;
  }

  /**
   * The blocks that concern an account.
   *
   * @param before only blocks with a lower index; `null` for the newest.
   * @returns indexes, newest first, and the oldest of all.
   */
  read(
    account: Account,
    before: bigint | null,
    limit: number,
  ): { readonly indexes: number[]; readonly oldest: number | null } {
    const head = this.#head(accountKey(this.#space, account));
    if (head.count === 0) return { indexes: [], oldest: null };
    const at = this.#reader(head);
    let position = head.count;
    if (before !== null) {
      let low = 0;
      while (low < position) {
        const middle = (low + position) >>> 1;
        if (BigInt(at(middle)) < before) low = middle + 1;
        else position = middle;
      }
    }
    const indexes: number[] = [];
    while (position > 0 && indexes.length < limit) indexes.push(at((position -= 1)));
    return { indexes, oldest: at(0) };
  }

  #head(key: Uint8Array): Head {
    const bytes = this.#store.get(key);
    if (bytes === null) return { key, count: 0, tail: new Uint8Array() };
    if (bytes[0] !== VERSION) throw new Error(`No reader for history version ${bytes[0]}`);
    return { key, count: readU32(bytes, 1), tail: bytes.slice(TAIL_AT) };
  }

  /** Reads an index by its position among an account's blocks, and keeps the page it was on. */
  #reader({ key, count, tail }: Head): (position: number) => number {
    const paged = count - tail.length / 4;
    let page = new Uint8Array();
    let loaded = -1;
    return (position) => {
      if (position >= paged) return readU32(tail, 4 * (position - paged));
      const number = Math.floor(position / PAGE);
      if (number !== loaded) {
        const found = this.#store.get(concat(key, u32(number)));
        if (found === null) throw new Error('A page of an account’s history is missing');
        page = found.slice();
        loaded = number;
      }
      return readU32(page, 4 * (position % PAGE));
    };
  }
}
