import { c, type Infer } from '@fabrica/core/candid';

import { ledgerBook, type LedgerBook } from './books.ts';

/**
 * One ledger's public books, in its smallest unit: what the orders come to, less what went to the treasury. The
 * gateway's account holds at least `inFlight + owed + earned + leaving`.
 */
export const SolvencyBook = c.named(
  'SolvencyBook',
  c.record({
    ...ledgerBook,
    /** Earned, and confirmed for withdrawal: may have left already. */
    leaving: c.nat,
    /** Earned, and withdrawn so far: no longer held. */
    withdrawn: c.nat,
  }),
);
export type SolvencyBook = Infer<typeof SolvencyBook>;

/** The public books: of all that was earned, `earned` keeps what can still be withdrawn. */
export function solvencyBook(
  book: LedgerBook,
  { leaving, withdrawn }: Pick<SolvencyBook, 'leaving' | 'withdrawn'>,
): SolvencyBook {
  return { ...book, earned: book.earned - leaving - withdrawn, leaving, withdrawn };
}

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
export function judge(before: SolvencyBook, after: SolvencyBook, held: bigint): Verdict {
  const exact = still(before) && still(after) && total(before) === total(after);
  const booked = total(after);
  // What is to be paid out may have left already, and what came in meanwhile may not have been counted.
  const least = smaller(before.inFlight + before.earned, after.inFlight + after.earned);
  return { booked, solvent: held >= (exact ? booked : smaller(least, booked)), exact };
}

/** True if no transfer is under way. */
function still({ pending, owed, leaving }: SolvencyBook): boolean {
  return pending === 0n && owed === 0n && leaving === 0n;
}

function total({ inFlight, owed, earned, leaving }: SolvencyBook): bigint {
  return inFlight + owed + earned + leaving;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
