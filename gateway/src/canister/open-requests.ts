import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { viewOf, type RequestStatus } from '../model/orders/view.ts';
import { resolve } from '../model/saga/resolve.ts';
import { gateway } from './memory.ts';
import { refusePage, refuseStranger, tellAdministration } from './guards.ts';
import { driver } from './orders.ts';
import { takeUp } from './workers/reconciler.ts';
import { deliver } from './workers/storages.ts';

/** The open orders, oldest first. */
export const getOpenRequests = handle(GatewayService.methods.getOpenRequests, (limit, context) => {
  const refused = refusePage(limit) ?? refuseStranger(context);
  if (refused !== null) return refused;
  const open: RequestStatus[] = [];
  for (const number of gateway.journal.openNumbers(limit)) {
    const order = gateway.journal.at(number);
    if (order !== null) open.push(viewOf(order, gateway));
  }
  return ok(open);
});

/**
 * Decides about an order that cannot find out itself what happened. One whose callee has kept silent for an hour is
 * taken from the message that waits for it.
 */
export const resolveRequest = handle(
  GatewayService.methods.resolveRequest,
  (number, decision, context) => {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
    const { journal, refundAsks } = gateway;
    const order = journal.at(number);
    if (order === null) return gatewayErrors.unknown_request();
    if (!driver.release(number, context.now)) return gatewayErrors.request_busy();
    const resolved = resolve(order, decision, context.now);
    if ('Err' in resolved) return resolved;
    if ('RefundRejected' in decision) {
      const { reason } = decision.RefundRejected;
      const unasked = refundAsks.reject(number, context.caller, reason, context.now);
      if (unasked !== null) return unasked;
    }
    journal.record(order, resolved.Ok, context.now);
    const [decided] = Object.keys(decision);
    tellAdministration(
      context,
      'request.resolved',
      `${number} ${decided}`,
      { Warning: null },
      order.caller,
    );
    deliver();
    takeUp(number);
    return ok(viewOf(resolved.Ok, gateway));
  },
  { audience: 'identified' },
);
