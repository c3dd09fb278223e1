import type { ApproveArgs, ApproveResult } from '../standards.ts';
import { sameBytes } from './account.ts';
import { MAX_AMOUNT } from './amount.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { PAUSED } from './pause.ts';
import { refuseLengths, refuseRepetition } from './request.ts';
import { encodeTransaction } from './transaction.ts';

/**
 * `icrc2_approve`: sets what a spender may take from one of the caller's accounts, and until when,
 * whatever it was before. Costs the fee. An amount of 0 removes the allowance.
 *
 * Everything is checked before anything is written. Store operations: 1 get and 3 sets; an expected
 * allowance adds a get, deduplication a set and seldom a get, a fee collector a get and a set.
 *
 * @param now nanoseconds since the epoch.
 */
export function approve(
  ledger: Ledger,
  caller: Uint8Array,
  arg: ApproveArgs,
  now: bigint,
): ApproveResult {
  if (ledger.paused) return PAUSED;
  const { spender, expected_allowance: expected, expires_at } = arg;
  const malformed = refuseLengths(arg.memo, arg.from_subaccount, spender.subaccount);
  if (malformed !== null) return { Err: malformed };
  if (sameBytes(spender.owner, caller)) return { Err: genericErrors.selfApproval };
  const from = { owner: caller, subaccount: arg.from_subaccount };
  if (ledger.isMinter(from)) return { Err: genericErrors.mintingAccountDelegates };
  const { fee } = ledger;
  if (arg.fee !== null && arg.fee !== fee) return { Err: { BadFee: { expected_fee: fee } } };

  const amount = arg.amount > MAX_AMOUNT ? MAX_AMOUNT : arg.amount;
  const encoded =
    expected !== null && expected > MAX_AMOUNT
      ? null
      : encodeTransaction('approve', {
          from,
          to: null,
          spender,
          amount,
          fee: arg.fee,
          memo: arg.memo,
          createdAt: arg.created_at_time,
          expectedAllowance: expected,
          expiresAt: expires_at,
        });
  const repeated = refuseRepetition(ledger, arg.created_at_time, encoded, now);
  if (repeated !== null) return { Err: repeated };

  const key = ledger.balances.key(from);
  const balance = ledger.balances.get(key);
  if (balance < fee) return { Err: { InsufficientFunds: { balance } } };
  if (expires_at !== null && expires_at <= now) return { Err: { Expired: { ledger_time: now } } };
  const approval = ledger.allowances.key(from, spender);
  if (expected !== null) {
    const { allowance } = ledger.allowances.get(approval, now);
    if (allowance !== expected) {
      return { Err: { AllowanceChanged: { current_allowance: allowance } } };
    }
  }
  if (encoded === null) throw new Error('An allowance beyond any account was expected and found');

  ledger.allowances.set(approval, amount, expires_at);
  let { supply } = ledger.blocks;
  if (fee > 0n) {
    ledger.balances.set(key, balance - fee);
    supply = ledger.collect(fee, supply);
  }
  const block = { timestamp: now, fee, transaction: encoded };
  return { Ok: ledger.record(block, arg.created_at_time, supply) };
}
