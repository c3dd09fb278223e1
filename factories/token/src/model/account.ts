import type { Account } from '../standards.ts';

/** Bytes of a subaccount. */
export const SUBACCOUNT_LENGTH = 32;
/** Most bytes of an account: one for the length, 29 of the owner, the subaccount. */
export const MAX_ACCOUNT_BYTES = 1 + 29 + SUBACCOUNT_LENGTH;

/** In the first byte, beside the owner's length: a subaccount follows. */
const HAS_SUBACCOUNT = 0x80;
const LENGTH_MASK = 0x1f;

/*
 * An account as bytes: one byte with the owner's length and a flag, the owner, and the subaccount if there is one.
 * No account begins another, so several may stand in a row.
 *
 * Keys are made in one piece, with the number of their keyspace in front: a copy into a longer array costs a
 * canister 18,000 instructions, and a transfer makes five to seven keys.
 */

/** The key of an account in a keyspace: the same whether the default subaccount is named or not. */
export function accountKey(space: number, account: Account): Uint8Array {
  const { owner, subaccount } = withoutDefault(account);
  const end = 2 + owner.length;
  const key = new Uint8Array(subaccount === null ? end : end + SUBACCOUNT_LENGTH);
  key[0] = space;
  key[1] = subaccount === null ? owner.length : owner.length | HAS_SUBACCOUNT;
  key.set(owner, 2);
  if (subaccount !== null) key.set(subaccount, end);
  return key;
}

/** The key of two accounts in a keyspace; no other two accounts have the same. */
export function pairKey(space: number, first: Account, second: Account): Uint8Array {
  const [a, b] = [withoutDefault(first), withoutDefault(second)];
  const key = new Uint8Array(1 + accountSize(a) + accountSize(b));
  key[0] = space;
  writeAccount(key, writeAccount(key, 1, a), b);
  return key;
}

/** Bytes that {@link writeAccount} writes. */
export function accountSize({ owner, subaccount }: Account): number {
  return 1 + owner.length + (subaccount === null ? 0 : SUBACCOUNT_LENGTH);
}

/**
 * Writes an account as it was given: a default subaccount that was named stays.
 *
 * @returns where it ends.
 */
export function writeAccount(
  bytes: Uint8Array,
  at: number,
  { owner, subaccount }: Account,
): number {
  const end = at + 1 + owner.length;
  bytes.set(owner, at + 1);
  if (subaccount === null) {
    bytes[at] = owner.length;
    return end;
  }
  bytes[at] = owner.length | HAS_SUBACCOUNT;
  bytes.set(subaccount, end);
  return end + SUBACCOUNT_LENGTH;
}

/** The account that {@link writeAccount} wrote at `at`. */
export function readAccount(bytes: Uint8Array, at: number): Account {
  const head = bytes[at]!;
  const end = at + 1 + (head & LENGTH_MASK);
  const subaccount = head < HAS_SUBACCOUNT ? null : bytes.slice(end, end + SUBACCOUNT_LENGTH);
  return { owner: bytes.slice(at + 1, end), subaccount };
}

/** True if both are one account: a subaccount of 32 zero bytes is the same as none (ICRC-1, "account"). */
export function sameAccount(a: Account, b: Account): boolean {
  if (!sameBytes(a.owner, b.owner)) return false;
  const [x, y] = [withoutDefault(a).subaccount, withoutDefault(b).subaccount];
  return x === null || y === null ? x === y : sameBytes(x, y);
}

/**
 * True if both hold the same bytes. Most principals differ within their first bytes, where a loop that stops
 * costs a canister less than one native comparison of the whole.
 */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/** The account without its subaccount, if that is the default one. */
function withoutDefault(account: Account): Account {
  const { owner, subaccount } = account;
  if (subaccount === null) return account;
  for (let at = SUBACCOUNT_LENGTH - 1; at >= 0; at -= 1) if (subaccount[at] !== 0) return account;
  return { owner, subaccount: null };
}
