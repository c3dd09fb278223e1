import type { TokenInit } from '../order-schema.ts';
import { sameAccount } from './account.ts';
import { MAX_AMOUNT } from './amount.ts';
import { isMalformed } from './request.ts';

/**
 * What of an order the ledger rests on, so short that a contract can check it at its birth: accounts that can
 * be, amounts that can be kept, a minting account that holds nothing. `validateOrder` is the whole.
 *
 * @returns the fault, `null` if there is none.
 */
export function refuseBirth({
  fee,
  minter,
  maxSupply,
  feeCollector,
  initialBalances,
}: TokenInit): string | null {
  const max = maxSupply ?? MAX_AMOUNT;
  if (fee > MAX_AMOUNT || max > MAX_AMOUNT) return 'an amount is larger than any it keeps';
  const holders = initialBalances.map(({ account }) => account);
  if (feeCollector !== null) holders.push(feeCollector);
  for (const account of minter === null ? holders : [...holders, minter]) {
    if (isMalformed(account.subaccount)) return 'a subaccount has not 32 bytes';
  }
  if (minter !== null && holders.some((account) => sameAccount(account, minter))) {
    return 'the minting account would hold tokens';
  }
  let supply = 0n;
  for (const { amount } of initialBalances) {
    if (amount === 0n) return 'an initial balance is 0';
    supply += amount;
  }
  return supply > max ? 'the initial balances exceed the maximum supply' : null;
}
