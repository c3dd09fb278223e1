import type { TransferFromArgs, TransferFromResult } from '../standards.ts';
import { sameAccount } from './account.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { planMovement, refuseCall, refuseFunds, refuseSmallBurn, settle } from './movement.ts';
import { PAUSED } from './pause.ts';
import { refuseLengths } from './request.ts';

/**
 * `icrc2_transfer_from`: moves or burns tokens of an account that approved the caller, who uses up the
 * allowance by the amount and the fee. An account spends its own tokens without allowance.
 *
 * Everything is checked before anything is written. Store operations: 3 gets and 4 sets; deduplication adds
 * a set and seldom a get, a fee collector a get and a set.
 *
 * @param now nanoseconds since the epoch.
 */
export function transferFrom(
  ledger: Ledger,
  caller: Uint8Array,
  arg: TransferFromArgs,
  now: bigint,
): TransferFromResult {
  if (ledger.paused) return PAUSED;
  const { from, to, spender_subaccount } = arg;
  const malformed = refuseLengths(arg.memo, spender_subaccount, from.subaccount, to.subaccount);
  if (malformed !== null) return { Err: malformed };
  if (ledger.isMinter(from)) return { Err: genericErrors.mintingAccountDelegates };
  const spender = { owner: caller, subaccount: spender_subaccount };
  const movement = planMovement(ledger, {
    from,
    to,
    spender,
    amount: arg.amount,
    fee: arg.fee,
    memo: arg.memo,
    createdAt: arg.created_at_time,
    expectedAllowance: null,
    expiresAt: null,
  });
  const refused = refuseCall(ledger, movement, now);
  if (refused !== null) return { Err: refused };

  const key = ledger.balances.key(from);
  const balance = ledger.balances.get(key);
  const tooSmall = refuseSmallBurn(ledger, movement, balance);
  if (tooSmall !== null) return { Err: tooSmall };

  const used = arg.amount + movement.charge;
  const approval = sameAccount(from, spender) ? null : ledger.allowances.key(from, spender);
  const approved = approval === null ? null : ledger.allowances.get(approval, now);
  if (approved !== null && approved.allowance < used) {
    return { Err: { InsufficientAllowance: { allowance: approved.allowance } } };
  }
  const unfunded = refuseFunds(ledger, movement, balance);
  if (unfunded !== null) return { Err: unfunded };

  if (approval !== null && approved !== null && used > 0n) {
    ledger.allowances.set(approval, approved.allowance - used, approved.expires_at);
  }
  return { Ok: settle(ledger, movement, key, balance, now) };
}
