/** Spans of time in nanoseconds. */
export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

/** The day of UTC, counted from the epoch. */
export function dayOf(now: bigint): number {
  return Number(now / DAY);
}
