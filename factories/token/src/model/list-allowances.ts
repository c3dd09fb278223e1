import type { GetAllowancesArgs, GetAllowancesResult } from '../icrc103-schema.ts';
import type { AllowanceList } from './allowance-list.ts';
import { genericErrors } from './generic-errors.ts';
import { isMalformed } from './request.ts';

/** Most allowances in one answer; told by the metadata entry `icrc103:max_take_value`. */
export const MAX_TAKE = 100;

/** `icrc103_get_allowances`, open to everyone: blocks tell every approval as well. */
export function listAllowances(
  list: AllowanceList,
  caller: Uint8Array,
  { from_account, prev_spender, take }: GetAllowancesArgs,
  now: bigint,
): GetAllowancesResult {
  const from = from_account ?? { owner: caller, subaccount: null };
  if (isMalformed(from.subaccount) || isMalformed(prev_spender?.subaccount ?? null)) {
    return { Err: genericErrors.subaccountLength };
  }
  const limit = take === null || take > BigInt(MAX_TAKE) ? MAX_TAKE : Number(take);
  const found = list.read(from, prev_spender, limit, now);
  return {
    Ok: found.map(({ from: from_account, spender: to_spender, allowance, expires_at }) => ({
      from_account,
      to_spender,
      allowance,
      expires_at,
    })),
  };
}
