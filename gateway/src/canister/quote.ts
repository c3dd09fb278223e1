import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { feeOf } from '../model/administration/ledger-fees.ts';
import { priceOf } from '../model/config/price.ts';
import { choose } from './ledgers.ts';
import { gateway } from './memory.ts';

/** What an order would cost, to be shown before the user approves. */
export const quote = handle(GatewayService.methods.quote, (factory, inLedger, { now }) => {
  if (!gateway.factories.has(factory)) return gatewayErrors.unknown_factory({ factory });
  const chosen = choose(inLedger);
  if ('Err' in chosen) return chosen;
  const { ledger, id } = chosen.Ok;
  const known = feeOf(gateway.ledgerFees.get(), ledger);
  const result = priceOf(gateway.config, { factory, ledger: id }, known?.fee ?? null, now);
  if ('Err' in result) return result;
  const { price, ledgerFee, until } = result.Ok;
  return ok({
    factory,
    ledger,
    price,
    ledgerFee,
    approve: price + ledgerFee,
    refundIfFailed: price - ledgerFee,
    expiresAt: until,
    ledgerFeeAt: known?.at ?? 0n,
  });
});

/** What the gateway charges for an order in its own ledger now, without the ledger's fee; 0 for a free factory. */
export const getServiceFee = handle(GatewayService.methods.getServiceFee, (factory, { now }) => {
  const { factories, config } = gateway;
  if (!factories.has(factory)) return gatewayErrors.unknown_factory({ factory });
  return ok(config.factoryFlag(factory, 'free') ? 0n : config.fee(factory, null, now).fee);
});
