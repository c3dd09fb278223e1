import { ok, type Result } from '@fabrica/core';

import { gatewayErrors } from '../../errors.ts';
import type { Config } from './config.ts';

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
 * The price of an order. No fee is not a fee of nothing: a factory is free only by its `free` setting. A price must
 * exceed the ledger's fee, or it could not be paid back.
 */
export function priceOf(
  config: Config,
  factory: string,
  ledgerFee: bigint | null,
  now: bigint,
): Result<Price> {
  const { fee, until } = config.fee(factory, now);
  if (config.factoryFlag(factory, 'free')) return ok({ price: 0n, ledgerFee: 0n, until });
  if (fee === 0n) return gatewayErrors.fee_not_set({ factory });
  if (ledgerFee === null) return gatewayErrors.ledger_fee_unknown();
  if (fee <= ledgerFee) return gatewayErrors.fee_below_ledger_fee({ factory, fee, ledgerFee });
  return ok({ price: fee, ledgerFee, until });
}
