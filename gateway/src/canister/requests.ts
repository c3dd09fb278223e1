import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { viewOf, type RequestStatus } from '../model/orders/view.ts';
import { gateway } from './memory.ts';
import { refusePage, refuseStranger } from './guards.ts';

/** One's own request; an administrator may name its owner. */
export const getRequest = handle(GatewayService.methods.getRequest, (requestId, owner, context) => {
  const whose = owner ?? context.caller;
  if (!equal(whose, context.caller)) {
    const refused = refuseStranger(context);
    if (refused !== null) return refused;
  }
  const order = gateway.journal.find(whose, requestId);
  return order === null ? gatewayErrors.unknown_request() : ok(viewOf(order, gateway));
});

/** The caller's requests, newest first: each names the one before it, so a page costs one read a row. */
export const getMyRequests = handle(
  GatewayService.methods.getMyRequests,
  (cursor, limit, context) => {
    const refused = refusePage(limit);
    if (refused !== null) return refused;
    const { journal, users } = gateway;
    const requests: RequestStatus[] = [];
    let next = cursor ?? users.get(context.caller).latest;
    while (next !== null && requests.length < limit) {
      const order = journal.at(next);
      if (order === null || !equal(order.caller, context.caller))
        return gatewayErrors.unknown_request();
      requests.push(viewOf(order, gateway));
      next = order.previous;
    }
    return ok({ requests, next });
  },
);

/** The caller as the gateway knows him. */
export const getCurrentUserProfile = handle(
  GatewayService.methods.getCurrentUserProfile,
  ({ caller }) => gateway.users.get(caller),
);
