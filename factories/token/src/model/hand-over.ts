import { ok, type Result } from '@fabrica/core';

import { tokenErrors } from '../errors.ts';
import type { Account } from '../standards.ts';
import { sameAccount, sameBytes } from './account.ts';
import type { Ledger } from './ledger.ts';
import { isAnonymous, isMalformed } from './request.ts';

/**
 * Whether `caller` may make `minter` the minting account. A minting account holds no tokens, so an account
 * that does cannot become it: what it holds would be lost. Approvals that it gave lie idle.
 *
 * @param minter `null` to have nobody mint, for good.
 */
export function checkHandOver(
  ledger: Ledger,
  caller: Uint8Array,
  minter: Account | null,
): Result<null> {
  if (ledger.minter === null) return tokenErrors.no_minter();
  if (!sameBytes(ledger.minter.owner, caller)) return tokenErrors.not_the_minter();
  if (minter === null) return ok(null);
  if (isMalformed(minter.subaccount)) {
    return tokenErrors.minter_subaccount({ length: minter.subaccount?.length ?? 0 });
  }
  if (isAnonymous(minter.owner)) return tokenErrors.minter_anonymous();
  if (ledger.feeCollector !== null && sameAccount(ledger.feeCollector, minter)) {
    return tokenErrors.fee_collector_mints();
  }
  if (ledger.balances.get(ledger.balances.key(minter)) > 0n) return tokenErrors.minter_holds();
  return ok(null);
}
