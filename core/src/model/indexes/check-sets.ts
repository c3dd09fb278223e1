import { keyName } from './keys.ts';
import { MAX_NUMBER, requireLimit } from './numbers.ts';
import type { PostingSets } from './posting-sets.ts';
import { MAX_PAGE, readMembers } from './read-members.ts';

/** A number that is in a set and should not be, or is not and should be. */
export interface SetDrift {
  readonly key: Uint8Array;
  readonly number: number;
  /** Whether the number should be in the set. */
  readonly expected: boolean;
}

/** One slice of a check. */
export interface SetCheck {
  /** The sets that may hold numbers they should not: every key in use, as far as known. */
  readonly keys: readonly Uint8Array[];
  /** The first number of the slice. */
  readonly from: number;
  /** The first number that does not exist: the directory's size. */
  readonly end: number;
  /** Numbers in the slice, 1 to 1,000. */
  readonly limit: number;
}

/** What a slice found, and the `from` of the next slice: `null` after the last. */
export interface CheckResult<Drift> {
  readonly drift: readonly Drift[];
  readonly next: number | null;
}

/**
 * Compares sets with what they would be if they were rebuilt, for contracts `from` to `from + limit`.
 * `expected` answers the keys of the sets a contract belongs in, from its directory record. Cost: one to
 * three reads for each set, besides those of `expected`.
 */
export function checkSets(
  sets: PostingSets,
  { keys, from, end, limit }: SetCheck,
  expected: (number: number) => readonly Uint8Array[],
): CheckResult<SetDrift> {
  requireLimit(limit, MAX_PAGE);
  const to = Math.min(from + limit, end);
  const rebuilt = new Map<string, { key: Uint8Array; numbers: Set<number> }>();
  const setOf = (key: Uint8Array): Set<number> => {
    const name = keyName(key);
    const known = rebuilt.get(name);
    if (known !== undefined) return known.numbers;
    const numbers = new Set<number>();
    rebuilt.set(name, { key, numbers });
    return numbers;
  };
  keys.forEach(setOf);
  for (let number = from; number < to; number += 1) {
    for (const key of expected(number)) setOf(key).add(number);
  }

  const drift: SetDrift[] = [];
  for (const { key, numbers } of rebuilt.values()) {
    const cursor = to > MAX_NUMBER ? null : to;
    for (const number of readMembers(sets.members(key), { cursor, floor: from, limit }).numbers) {
      if (!numbers.delete(number)) drift.push({ key, number, expected: false });
    }
    for (const number of numbers) drift.push({ key, number, expected: true });
  }
  return { drift, next: to < end ? to : null };
}

/** Makes the sets as they should be. Two or more store operations for each drift. */
export function repairSets(sets: PostingSets, drift: readonly SetDrift[]): void {
  for (const { key, number, expected } of drift) {
    if (expected) sets.add(key, number);
    else sets.remove(key, number);
  }
}
