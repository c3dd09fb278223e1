import { SUBACCOUNT_LENGTH } from './account.ts';
import { genericErrors, type GenericRefusal } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { PERMITTED_DRIFT, TRANSACTION_WINDOW } from './recent-transactions.ts';
import { MAX_MEMO_LENGTH } from './transaction.ts';

/** True if a subaccount was given that is none. */
export function isMalformed(subaccount: Uint8Array | null): boolean {
  return subaccount !== null && subaccount.length !== SUBACCOUNT_LENGTH;
}

/** True for the principal of callers who named none: the one byte 4. */
export function isAnonymous(principal: Uint8Array): boolean {
  return principal.length === 1 && principal[0] === 4;
}

/** Refuses what the Candid types cannot: lengths that are fixed or bounded. */
export function refuseLengths(
  memo: Uint8Array | null,
  first: Uint8Array | null,
  second: Uint8Array | null,
  third: Uint8Array | null = null,
): GenericRefusal | null {
  if (isMalformed(first) || isMalformed(second) || isMalformed(third)) {
    return genericErrors.subaccountLength;
  }
  if (memo !== null && memo.length > MAX_MEMO_LENGTH) return genericErrors.memoLength;
  return null;
}

/** Why a call cannot be recorded now, whatever it asks for. */
export type RepetitionRefusal =
  | { readonly TooOld: null }
  | { readonly CreatedInFuture: { readonly ledger_time: bigint } }
  | { readonly Duplicate: { readonly duplicate_of: bigint } };

/**
 * ICRC-1, "Transaction deduplication": the window of `created_at_time` first, then the calls recorded
 * within it. A call that names no time is never refused here.
 *
 * @param encoded the transaction's canonical bytes; `null` for amounts beyond any account, which were
 *   never recorded and never will be.
 */
export function refuseRepetition(
  ledger: Ledger,
  createdAt: bigint | null,
  encoded: Uint8Array | null,
  now: bigint,
): RepetitionRefusal | null {
  if (createdAt === null) return null;
  if (createdAt + TRANSACTION_WINDOW + PERMITTED_DRIFT < now) return { TooOld: null };
  if (createdAt > now + PERMITTED_DRIFT) return { CreatedInFuture: { ledger_time: now } };
  const index = encoded === null ? null : ledger.recent.find(encoded, createdAt);
  return index === null ? null : { Duplicate: { duplicate_of: BigInt(index) } };
}
