/**
 * The largest amount this ledger keeps: 2^128 - 1. Supplies and balances never exceed it; an allowance
 * above it is kept as it, which ICRC-2 permits ("the ledger MAY cap the total allowance").
 */
export const MAX_AMOUNT = 2n ** 128n - 1n;

const ONE_WORD = 2n ** 64n;
const WORD_MASK = ONE_WORD - 1n;

/** Most bytes that {@link writeAmount} writes. */
export const MAX_AMOUNT_BYTES = 17;

/** Bytes that {@link writeAmount} writes for `amount`: 9, or 17 from 2^64 on. */
export function amountSize(amount: bigint): number {
  return amount < ONE_WORD ? 9 : MAX_AMOUNT_BYTES;
}

/**
 * Writes `amount` as its length in bytes (8 or 16) and the number, big-endian. Two widths, because
 * nearly every amount fits 64 bits and each BigInt operation costs a canister about 4,000 instructions.
 *
 * @param amount 0 to {@link MAX_AMOUNT}.
 * @returns where the amount ends.
 */
export function writeAmount(view: DataView, at: number, amount: bigint): number {
  if (amount < ONE_WORD) {
    view.setUint8(at, 8);
    view.setBigUint64(at + 1, amount);
    return at + 9;
  }
  view.setUint8(at, 16);
  view.setBigUint64(at + 1, amount >> 64n);
  view.setBigUint64(at + 9, amount & WORD_MASK);
  return at + 17;
}

/** The amount that {@link writeAmount} wrote at `at`. */
export function readAmount(view: DataView, at: number): bigint {
  const first = view.getBigUint64(at + 1);
  if (view.getUint8(at) === 8) return first;
  return (first << 64n) | view.getBigUint64(at + 9);
}
