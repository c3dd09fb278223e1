/**
 * Contract numbers: dense, 0 for the factory's first contract, at most 2^32 - 1.
 * Every index lists them descending, so newest contract first.
 */
export const MAX_NUMBER = 0xffff_ffff;

/** The bound that lies above every number: where a reader without a cursor starts. */
export const ABOVE_ALL = 0x1_0000_0000;

/** Throws `RangeError` unless `number` is a contract number. A caller's bug, so it may trap. */
export function requireNumber(number: number): void {
  if (!(number >= 0 && number <= MAX_NUMBER && number % 1 === 0)) {
    throw new RangeError(`contract number ${number} is not a whole number from 0 to ${MAX_NUMBER}`);
  }
}

/** The bound a cursor stands for. Cursors are exclusive: reading goes on below the cursor. */
export function boundOf(cursor: number | null): number {
  if (cursor === null) return ABOVE_ALL;
  requireNumber(cursor);
  return cursor;
}

/** Throws `RangeError` unless `limit` is a whole number from 1 to `max`. */
export function requireLimit(limit: number, max: number): void {
  if (!(limit >= 1 && limit <= max && limit % 1 === 0)) {
    throw new RangeError(`limit ${limit} is not a whole number from 1 to ${max}`);
  }
}

/** The index of the first element below `bound` in a descending list; the length when there is none. */
export function firstBelow(list: Uint16Array | Uint32Array, bound: number): number {
  // Contracts arrive in ascending order, so the newest end is the usual answer.
  if (list.length === 0 || list[0]! < bound) return 0;
  let from = 1;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (list[middle]! < bound) to = middle;
    else from = middle + 1;
  }
  return from;
}
