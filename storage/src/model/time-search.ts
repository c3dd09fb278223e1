/**
 * The first number whose time is not before `time`, among `length` entries whose times never fall.
 * Reads at most 32 of them.
 */
export function firstAtOrAfter(
  length: number,
  timeOf: (id: number) => bigint,
  time: bigint,
): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (timeOf(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
