import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { viewOf, type RequestStatus } from '../model/orders/view.ts';
import { resolve } from '../model/saga/resolve.ts';
import { gateway } from './memory.ts';
import { refusePage, refuseStranger, tellAdministration } from './guards.ts';
import { driver } from './orders.ts';
import { reconciler } from './workers/reconciler.ts';
import { deliver } from './workers/storages.ts';

/** The open orders, oldest first. */
export const getOpenRequests = handle(GatewayService.methods.getOpenRequests, (limit, context) => {
  const refused = refusePage(limit) ?? refuseStranger(context);
  if (refused !== null) return refused;
  const open: RequestStatus[] = [];
  for (const number of gateway.journal.openNumbers(limit)) {
    const order = gateway.journal.at(number);
    if (order !== null) open.push(viewOf(order));
  }
  return ok(open);
});

/** Decides about an order that cannot find out itself what happened. */
export const resolveRequest = handle(
  GatewayService.methods.resolveRequest,
  (number, decision, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const { journal } = gateway;
    const order = journal.at(number);
    if (order === null) return gatewayErrors.unknown_request();
    if (driver.isBusy(number)) return gatewayErrors.request_busy();
    const resolved = resolve(order, decision, context.now);
    if ('Err' in resolved) return resolved;
    journal.record(order, resolved.Ok, context.now);
    const [decided] = Object.keys(decision);
    tellAdministration(context, 'request.resolved', `${number} ${decided}`, { Warning: null });
    deliver();
    reconciler.wake();
    return ok(viewOf(resolved.Ok));
  },
  { audience: 'identified' },
);
