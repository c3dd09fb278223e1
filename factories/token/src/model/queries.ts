import type { Account, Allowance, AllowanceArgs } from '../standards.ts';
import { keyOf } from './account-key.ts';
import type { Ledger } from './ledger.ts';
import { isMalformed } from './request.ts';

/** `icrc1_balance_of`. Costs one store get. */
export function balanceOf(ledger: Ledger, account: Account): bigint {
  return ledger.balances.get(wellFormed(account));
}

/** `icrc2_allowance`: 0 without expiry if there is no approval active at `now`. Costs one store get. */
export function allowance(ledger: Ledger, args: AllowanceArgs, now: bigint): Allowance {
  return ledger.allowances.get(wellFormed(args.account), wellFormed(args.spender), now);
}

/**
 * The key of an account that a query names. The standards give queries no error to answer with, so an
 * account that cannot exist fails the call, as one that does not decode.
 */
function wellFormed(account: Account): Uint8Array {
  if (isMalformed(account.subaccount)) throw new Error('A subaccount has 32 bytes');
  return keyOf(account);
}
