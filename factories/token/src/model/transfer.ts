import type { TransferArg, TransferResult } from '../standards.ts';
import type { Ledger } from './ledger.ts';
import { planMovement, refuseCall, refuseFunds, refuseSmallBurn, settle } from './movement.ts';
import { PAUSED } from './pause.ts';
import { refuseLengths } from './request.ts';

/**
 * `icrc1_transfer`: moves tokens from one of the caller's accounts, mints when that is the minting
 * account, burns when the other is.
 *
 * Everything is checked before anything is written. Store operations: 2 gets and 3 sets; deduplication adds
 * a set and seldom a get, a fee collector a get and a set.
 *
 * @param now nanoseconds since the epoch.
 */
export function transfer(
  ledger: Ledger,
  caller: Uint8Array,
  arg: TransferArg,
  now: bigint,
): TransferResult {
  if (ledger.paused) return PAUSED;
  const malformed = refuseLengths(arg.memo, arg.from_subaccount, arg.to.subaccount);
  if (malformed !== null) return { Err: malformed };
  const from = { owner: caller, subaccount: arg.from_subaccount };
  const movement = planMovement(ledger, {
    from,
    to: arg.to,
    spender: null,
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
  const balance = movement.operation === 'mint' ? 0n : ledger.balances.get(key);
  const unfunded =
    refuseSmallBurn(ledger, movement, balance) ?? refuseFunds(ledger, movement, balance);
  if (unfunded !== null) return { Err: unfunded };
  return { Ok: settle(ledger, movement, key, balance, now) };
}
