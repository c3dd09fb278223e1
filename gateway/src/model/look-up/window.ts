import { DEDUPLICATION_WINDOW } from '../saga/steps.ts';

/**
 * What is allowed, in nanoseconds, for a ledger whose clock differs from the gateway's, and for a log that shows a
 * block a while after it was made. Ledgers allow their callers two minutes.
 */
export const MARGIN = 600_000_000_000n;

/**
 * From when on a transfer can be looked up: no attempt at it can be carried out any more, and what was carried out
 * shows in the log.
 */
export function settledAt({ createdAt }: { readonly createdAt: bigint }): bigint {
  return createdAt + DEDUPLICATION_WINDOW + MARGIN;
}

/** The first and the last moment at which a ledger can have made the transfer's block. */
export function windowOf(transfer: { readonly createdAt: bigint }): {
  readonly from: bigint;
  readonly to: bigint;
} {
  return { from: transfer.createdAt - MARGIN, to: settledAt(transfer) };
}
