import type { Result } from '@fabrica/core';
import { handle, type Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import { GatewayService } from '../candid.ts';
import type { OrderRequest } from '../interface/orders.ts';
import { gatewayErrors } from '../errors.ts';
import { feeOf, isStale } from '../model/administration/ledger-fees.ts';
import { priceOf } from '../model/config/price.ts';
import { refuseOrder, refuseRequestId } from '../model/orders/admission.ts';
import { answerOf } from '../model/orders/answer.ts';
import { isFinal, type Order } from '../model/saga/order.ts';
import { refuseHaste } from './guards.ts';
import { choose } from './ledgers.ts';
import { gateway } from './memory.ts';
import { driver, worldOf } from './orders.ts';
import { silenceOf } from './workers/factory-watch.ts';
import { feeWatch } from './workers/ledger-fee.ts';
import { comeBack, reconciler } from './workers/reconciler.ts';
import { deliver } from './workers/storages.ts';

/** Seconds after which the reconciler looks after an order whose message may have been lost. */
const LOOK_AFTER = 60;

/**
 * Orders a contract: charges the caller and has the factory make it. Nothing is charged before the factory has agreed
 * to the arguments. The same requestId always leads to the same order; sent again while that is open, it takes the
 * order up again if it was left lying.
 */
export const createContract = handle(
  GatewayService.methods.createContract,
  async (request, context) => {
    const refused = refuseHaste(context) ?? refuseRequestId(request.requestId);
    if (refused !== null) return refused;

    const known =
      request.requestId === null ? null : gateway.journal.find(context.caller, request.requestId);
    if (known !== null) {
      if (known.factory !== request.factory)
        return gatewayErrors.request_id_reused({ factory: known.factory });
      const due = !isFinal(known) && context.now >= known.notBefore;
      return answerOf(due ? await follow(driver.resume(known, worldOf(context)), context) : known);
    }

    const order = accept(request, context);
    if ('Err' in order) return order;
    reconciler.wake(LOOK_AFTER);
    return answerOf(await follow(driver.start(order.Ok, worldOf(context)), context));
  },
  { audience: 'identified' },
);

/** Checks a new order against everything the gateway knows itself, and writes it down. */
function accept(request: Infer<typeof OrderRequest>, context: Context): Result<Order> {
  const { factories, config, ledgerFees, journal, users, audit, invoice } = gateway;
  const { factory, args, requestId } = request;
  const { caller, now } = context;

  const factoryCanister = factories.canisterOf(factory);
  if (factoryCanister === null) return gatewayErrors.unknown_factory({ factory });
  const silent = silenceOf(factoryCanister, now);
  if (silent !== null) return gatewayErrors.factory_silent({ factory, seconds: silent });
  const chosen = choose(request.ledger);
  if ('Err' in chosen) return chosen;
  const { ledger, id } = chosen.Ok;

  const held = { audit: audit.size, invoice: invoice.size };
  const user = users.get(caller);
  const refused = refuseOrder(config, {
    factory,
    argsLength: args.length,
    user,
    open: journal.open,
    held,
    now,
  });
  if (refused !== null) return refused;

  const known = feeOf(ledgerFees.get(), ledger);
  if (isStale(known, now)) feeWatch.wake();
  const price = priceOf(config, { factory, ledger: id }, known?.fee ?? null, now);
  if ('Err' in price) return price;

  const { ledgerFee } = price.Ok;
  const draft = {
    requestId,
    caller,
    factory,
    factoryCanister,
    ledger,
    price: price.Ok.price,
    ledgerFee,
    args,
  };
  return { Ok: journal.accept(draft, now) };
}

/** Lets an order run, and sees that what it left to do is done. */
async function follow(run: Promise<Order>, context: Context): Promise<Order> {
  const order = await run;
  comeBack(order, context);
  deliver();
  return order;
}
