import type { Refused } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { gatewayErrors } from '../../errors.ts';
import type { Account } from '../../peers/account.ts';
import type { Withdrawal } from './withdrawal.ts';

/**
 * How long withdrawals wait after the administrators or the treasury changed, and after the only administrator's own
 * proposal, in nanoseconds: time for others to see it in the audit trail before money moves.
 */
export const NOTICE = 86_400_000_000_000n;

const SECOND = 1_000_000_000n;

/** What decides whether a withdrawal may be confirmed. */
export interface Confirmation {
  readonly withdrawal: Withdrawal;
  readonly by: Uint8Array;
  readonly administrators: number;
  /** The treasury as it is now. */
  readonly treasury: Account | null;
  /** When the administrators or the treasury last changed. */
  readonly changedAt: bigint;
  /** Earned, and not on its way to the treasury already. */
  readonly available: bigint;
  readonly now: bigint;
}

/**
 * Why a withdrawal may not be confirmed, or `null`. It takes a second administrator; where there is only one, and was
 * when it was proposed, it takes a day.
 */
export function refuseConfirmation(confirmation: Confirmation): Refused | null {
  const { withdrawal, by, administrators, treasury, changedAt, available, now } = confirmation;
  if (!('Proposed' in withdrawal.state)) return gatewayErrors.not_proposed();
  if (equal(by, withdrawal.proposedBy)) {
    if (!withdrawal.alone || administrators > 1) return gatewayErrors.second_administrator();
    const ready = withdrawal.proposedAt + NOTICE;
    if (now < ready) return gatewayErrors.notice_running({ wait: secondsTo(ready, now) });
  }
  const settled = changedAt + NOTICE;
  if (changedAt > 0n && now < settled)
    return gatewayErrors.notice_running({ wait: secondsTo(settled, now) });
  if (treasury === null || !sameAccount(treasury, withdrawal.to))
    return gatewayErrors.treasury_changed();
  if (withdrawal.amount > available) return gatewayErrors.beyond_earned({ available });
  return null;
}

/** Why a withdrawal may not be proposed, or `null`. */
export function refuseProposal(
  amount: bigint,
  fee: bigint | null,
  available: bigint,
): Refused | null {
  if (fee === null) return gatewayErrors.ledger_fee_unknown();
  if (amount <= fee) return gatewayErrors.below_ledger_fee({ fee });
  if (amount > available) return gatewayErrors.beyond_earned({ available });
  return null;
}

/** True if both name the same account; no subaccount is the one of zeros. */
export function sameAccount(a: Account, b: Account): boolean {
  const zeros = new Uint8Array(32);
  return equal(a.owner, b.owner) && equal(a.subaccount ?? zeros, b.subaccount ?? zeros);
}

function secondsTo(then: bigint, now: bigint): bigint {
  return (then - now) / SECOND + 1n;
}
