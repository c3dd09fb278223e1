import type { InitialBalance } from '../order-schema.ts';
import type { Ledger } from './ledger.ts';
import { encodeTransaction } from './transaction.ts';

/**
 * Mints what the order gives to the first holders, one block each, so that the block log alone tells how
 * the supply came to be. The order has been validated: accounts differ and the sum fits the supply.
 *
 * @param now nanoseconds since the epoch.
 */
export function mintInitialBalances(
  ledger: Ledger,
  balances: readonly InitialBalance[],
  now: bigint,
): void {
  for (const { account, amount } of balances) {
    const transaction = encodeTransaction('mint', {
      from: null,
      to: account,
      spender: null,
      amount,
      fee: null,
      memo: null,
      createdAt: null,
      expectedAllowance: null,
      expiresAt: null,
    });
    ledger.balances.credit(ledger.balances.key(account), amount);
    const supply = ledger.blocks.supply + amount;
    ledger.record({ timestamp: now, fee: 0n, transaction }, null, supply);
  }
}
