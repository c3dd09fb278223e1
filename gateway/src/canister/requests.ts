import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { viewOf } from '../model/orders/view.ts';
import { gateway } from './memory.ts';
import { refuseStranger } from './guards.ts';
import { history } from './history.ts';

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

/** The caller's requests, newest first. */
export const getMyRequests = handle(
  GatewayService.methods.getMyRequests,
  (cursor, limit, context) => {
    const asked = { user: null, cursor, limit };
    const page = history(asked, context, (order) => [viewOf(order, gateway)]);
    return 'Err' in page ? page : ok({ requests: page.Ok.rows, next: page.Ok.next });
  },
);
