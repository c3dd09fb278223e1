import type { Account, Allowance, AllowanceArgs } from '../standards.ts';
import type { Ledger } from './ledger.ts';
import { isMalformed } from './request.ts';

/** `icrc1_balance_of`. Costs one store get. */
export function balanceOf({ balances }: Ledger, account: Account): bigint {
  requireWellFormed(account);
  return balances.get(balances.key(account));
}

/** `icrc2_allowance`: 0 without expiry if there is no approval active at `now`. Costs one store get. */
export function allowance({ allowances }: Ledger, args: AllowanceArgs, now: bigint): Allowance {
  requireWellFormed(args.account);
  requireWellFormed(args.spender);
  return allowances.get(allowances.key(args.account, args.spender), now);
}

function requireWellFormed({ subaccount }: Account): void {
  requireSubaccount(subaccount);
}

/**
 * The standards give queries no error to answer with, so a subaccount that cannot exist fails the call, as
 * one that does not decode.
 */
export function requireSubaccount(subaccount: Uint8Array | null): void {
  if (isMalformed(subaccount)) throw new Error('A subaccount has 32 bytes');
}
