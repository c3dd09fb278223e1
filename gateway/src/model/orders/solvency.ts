import type { LedgerBook } from './books.ts';

/** What a ledger's balance says about the books; see `SolvencyCheck` in the interface. */
export interface Verdict {
  readonly booked: bigint;
  readonly solvent: boolean;
  readonly exact: boolean;
}

/**
 * Compares the books with what the ledger says is held.
 *
 * @param before the books when the ledger was asked.
 * @param after the books when it had answered.
 */
export function judge(before: LedgerBook, after: LedgerBook, held: bigint): Verdict {
  const exact = still(before) && still(after) && total(before) === total(after);
  const booked = total(after);
  // What is to be paid back may have left already, and what came in meanwhile may not have been counted.
  const least = smaller(before.inFlight + before.earned, after.inFlight + after.earned);
  return { booked, solvent: held >= (exact ? booked : smaller(least, booked)), exact };
}

/** True if no transfer is under way. */
function still({ pending, owed }: LedgerBook): boolean {
  return pending === 0n && owed === 0n;
}

function total({ inFlight, owed, earned }: LedgerBook): bigint {
  return inFlight + owed + earned;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
