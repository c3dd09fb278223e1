import type { TransferFromArgs, TransferFromResult } from '../standards.ts';
import { accountBytes, accountKey, sameKey } from './account-key.ts';
import { genericErrors } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { planMovement, refuseCall, refuseFunds, refuseSmallBurn, settle } from './movement.ts';
import { refuseLengths } from './request.ts';

/**
 * `icrc2_transfer_from`: moves or burns tokens of an account that approved the caller, who uses up the
 * allowance by the amount and the fee. An account spends its own tokens without allowance.
 *
 * Everything is checked before anything is written. Store operations with deduplication: 4 gets and
 * 5 sets; a fee collector adds a get and a set.
 *
 * @param now nanoseconds since the epoch.
 */
export function transferFrom(
  ledger: Ledger,
  caller: Uint8Array,
  arg: TransferFromArgs,
  now: bigint,
): TransferFromResult {
  const { from, to, spender_subaccount } = arg;
  const malformed = refuseLengths(arg.memo, spender_subaccount, from.subaccount, to.subaccount);
  if (malformed !== null) return { Err: malformed };
  const spender = accountBytes(caller, spender_subaccount);
  const request = {
    from: accountBytes(from.owner, from.subaccount),
    to: accountBytes(to.owner, to.subaccount),
    spender,
    amount: arg.amount,
    fee: arg.fee,
    memo: arg.memo,
    createdAt: arg.created_at_time,
  };
  const movement = planMovement(ledger, request);
  if (ledger.isMinter(movement.from)) return { Err: genericErrors.mintingAccountDelegates };
  const refused = refuseCall(ledger, movement, request, now);
  if (refused !== null) return { Err: refused };

  const balance = ledger.balances.get(movement.from);
  const tooSmall = refuseSmallBurn(ledger, movement, balance);
  if (tooSmall !== null) return { Err: tooSmall };

  const spenderKey = accountKey(spender);
  const needsAllowance = !sameKey(movement.from, spenderKey);
  const used = movement.amount + movement.charge;
  const approved = needsAllowance ? ledger.allowances.get(movement.from, spenderKey, now) : null;
  if (approved !== null && approved.allowance < used) {
    return { Err: { InsufficientAllowance: { allowance: approved.allowance } } };
  }
  const unfunded = refuseFunds(ledger, movement, balance);
  if (unfunded !== null) return { Err: unfunded };

  if (approved !== null && used > 0n) {
    ledger.allowances.set(movement.from, spenderKey, {
      allowance: approved.allowance - used,
      expires_at: approved.expires_at,
    });
  }
  return { Ok: settle(ledger, movement, balance, now) };
}
