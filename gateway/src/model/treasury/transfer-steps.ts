import type { LedgerOutcome, LookUpOutcome } from '../saga/events.ts';
import { DEDUPLICATION_WINDOW, FOREVER, pauseAfter } from '../saga/steps.ts';
import type { Withdrawal } from './withdrawal.ts';

/**
 * A confirmed withdrawal as it must be journaled before its transfer is sent; `null` if nothing is to be sent now.
 * While an earlier attempt may have happened it is the identical transfer, so that the ledger answers for both.
 */
export function beginWithdrawal(withdrawal: Withdrawal, now: bigint): Withdrawal | null {
  if (!('Sending' in withdrawal.state) || now < withdrawal.notBefore) return null;
  const { unknown, createdAt } = withdrawal;
  if (unknown > 0 && now >= createdAt + DEDUPLICATION_WINDOW) {
    return { ...withdrawal, state: { Stuck: null } };
  }
  return { ...withdrawal, createdAt: unknown === 0 ? now : createdAt, unknown: unknown + 1 };
}

/** The withdrawal after its transfer's outcome. It is tried until the ledger confirms it, like a refund. */
export function settleWithdrawal(
  withdrawal: Withdrawal,
  outcome: LedgerOutcome,
  now: bigint,
): Withdrawal {
  const withdrawn = { ...withdrawal, unknown: withdrawal.unknown - 1 };
  switch (outcome.kind) {
    case 'paid':
      return {
        ...withdrawal,
        state: { Sent: null },
        unknown: 0,
        block: outcome.block,
        failure: '',
      };
    case 'declined': {
      const { why, refusal } = outcome;
      if (why.kind === 'too old' && withdrawn.unknown > 0) {
        return { ...withdrawn, state: { Stuck: null }, failure: refusal.code };
      }
      const charged = why.kind === 'fee' ? atFee(withdrawn, why.expected) : withdrawn;
      return later(charged, refusal.code, now);
    }
    case 'failed':
      return later(outcome.effect === 'none' ? withdrawn : withdrawal, outcome.reason, now);
  }
}

/** The stuck withdrawal after a look at the ledger's blocks; like a stuck refund. */
export function settleWithdrawalLookUp(
  withdrawal: Withdrawal,
  outcome: LookUpOutcome,
  now: bigint,
): Withdrawal {
  const known = { ...withdrawal, unknown: 0, notBefore: 0n, failure: '' };
  switch (outcome.kind) {
    case 'found':
      return { ...known, state: { Sent: null }, block: outcome.block };
    case 'absent':
      return { ...known, state: { Sending: null } };
    case 'searching':
      return withdrawal;
    case 'unable':
      return { ...later(withdrawal, outcome.reason, now), notBefore: FOREVER };
    case 'failed':
      return later(withdrawal, outcome.reason, now);
  }
}

/** The same amount at the ledger's new fee, if no attempt at the old one may have happened. */
function atFee(withdrawal: Withdrawal, fee: bigint): Withdrawal {
  return withdrawal.unknown > 0 || fee >= withdrawal.amount ? withdrawal : { ...withdrawal, fee };
}

function later(withdrawal: Withdrawal, failure: string, now: bigint): Withdrawal {
  const attempts = withdrawal.attempts + 1;
  const notBefore = now + pauseAfter(attempts);
  return { ...withdrawal, attempts, notBefore, failure: failure.slice(0, 300) };
}
