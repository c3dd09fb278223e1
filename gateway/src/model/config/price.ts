import { ok, type Result } from '@fabrica/core';

import { gatewayErrors } from '../../errors.ts';
import type { Config } from './config.ts';
import { feeKey } from './keys.ts';

/** What an order costs now. */
export interface Price {
  /** What the gateway charges; 0 for a free factory. */
  readonly price: bigint;
  /** What the ledger takes besides, for the charge; 0 if nothing is charged. */
  readonly ledgerFee: bigint;
  /** Until when the price holds, in nanoseconds. */
  readonly until: bigint;
}

/**
 * The price of an order in a whitelisted ledger by its id, `null` for the gateway's own. No fee is not a fee of nothing: a factory is free only by its `free` setting. A price must
 * exceed the ledger's fee, or it could not be paid back.
 */
export function priceOf(
  config: Config,
  { factory, ledger }: { readonly factory: string; readonly ledger: string | null },
  ledgerFee: bigint | null,
  now: bigint,
): Result<Price> {
  const { fee, until } = config.fee(factory, ledger, now);
  if (config.factoryFlag(factory, 'free')) return ok({ price: 0n, ledgerFee: 0n, until });
  if (fee === 0n) return gatewayErrors.fee_not_set({ key: feeKey(factory, ledger), factory });
  if (ledgerFee === null) return gatewayErrors.ledger_fee_unknown();
  if (fee <= ledgerFee)
    return gatewayErrors.fee_below_ledger_fee({ key: feeKey(factory, ledger), fee, ledgerFee });
  return ok({ price: fee, ledgerFee, until });
}
