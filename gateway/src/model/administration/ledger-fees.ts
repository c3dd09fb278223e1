import { equal } from '@fabrica/core/store';

import type { LedgerFee } from './wiring.ts';

const HOUR = 3_600_000_000_000n;
/** A fee older than this is asked for again, in nanoseconds. A stale one does no harm: the ledger declines it. */
const STALE_AFTER = 6n * HOUR;

/** A ledger's fee as it was last told, or `null`. */
export function feeOf(fees: readonly LedgerFee[], ledger: Uint8Array): LedgerFee | null {
  return fees.find((known) => equal(known.ledger, ledger)) ?? null;
}

/** The fees with what a ledger told now. */
export function withFee(fees: readonly LedgerFee[], told: LedgerFee): readonly LedgerFee[] {
  return [...fees.filter(({ ledger }) => !equal(ledger, told.ledger)), told];
}

/** True if the ledger should be asked for its fee again. */
export function isStale(fee: LedgerFee | null, now: bigint): boolean {
  return fee === null || now > fee.at + STALE_AFTER;
}
