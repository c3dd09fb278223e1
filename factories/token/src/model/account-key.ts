import type { Account } from '../standards.ts';

/** Bytes of a subaccount. */
export const SUBACCOUNT_LENGTH = 32;

/** In the first byte, beside the owner's length: a subaccount follows. */
const HAS_SUBACCOUNT = 0x80;
const LENGTH_MASK = 0x1f;

/**
 * An account as bytes: one byte with the owner's length and a flag, the owner, and the subaccount if one
 * was given. No encoding is the beginning of another, so several may stand in a row.
 *
 * What was given is kept: an explicit subaccount of zeros stays. {@link accountKey} makes one key of both.
 */
export function accountBytes(owner: Uint8Array, subaccount: Uint8Array | null): Uint8Array {
  const end = 1 + owner.length;
  if (subaccount === null) {
    const bytes = new Uint8Array(end);
    bytes[0] = owner.length;
    bytes.set(owner, 1);
    return bytes;
  }
  const bytes = new Uint8Array(end + SUBACCOUNT_LENGTH);
  bytes[0] = owner.length | HAS_SUBACCOUNT;
  bytes.set(owner, 1);
  bytes.set(subaccount, end);
  return bytes;
}

/** The one key of an account: a subaccount of 32 zero bytes is the same as none (ICRC-1, "account"). */
export function accountKey(bytes: Uint8Array): Uint8Array {
  if (bytes[0]! < HAS_SUBACCOUNT) return bytes;
  const start = bytes.length - SUBACCOUNT_LENGTH;
  for (let at = bytes.length - 1; at >= start; at -= 1) if (bytes[at] !== 0) return bytes;
  const key = bytes.slice(0, start);
  key[0] = start - 1;
  return key;
}

/** {@link accountKey} of an account as Candid gives it. */
export function keyOf(account: Account): Uint8Array {
  return accountKey(accountBytes(account.owner, account.subaccount));
}

/** Bytes that the account at `at` takes. */
export function accountSize(bytes: Uint8Array, at: number): number {
  const head = bytes[at]!;
  return 1 + (head & LENGTH_MASK) + (head < HAS_SUBACCOUNT ? 0 : SUBACCOUNT_LENGTH);
}

/** The account that {@link accountBytes} wrote, as it was given. */
export function readAccount(bytes: Uint8Array): Account {
  const head = bytes[0]!;
  const end = 1 + (head & LENGTH_MASK);
  return {
    owner: bytes.slice(1, end),
    subaccount: head < HAS_SUBACCOUNT ? null : bytes.slice(end, end + SUBACCOUNT_LENGTH),
  };
}

/**
 * True if both keys are the same. Most keys differ within their first bytes, where a loop that stops
 * costs less than one native comparison of the whole.
 */
export function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
