/**
 * The first number whose time is not before `time`, among those from `first` to `length` - 1, whose times never
 * fall; `length` if there is none. Reads at most 32 of them.
 */
export function firstAtOrAfter(
  first: number,
  length: number,
  timeOf: (id: number) => bigint,
  time: bigint,
): number {
  let low = first;
  let high = length;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (timeOf(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
