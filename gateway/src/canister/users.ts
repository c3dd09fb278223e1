import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { deploymentsOf, paymentsOf } from '../model/orders/history.ts';
import { gateway } from './memory.ts';
import { refuseOther } from './guards.ts';
import { history } from './history.ts';

/** The caller as the gateway knows him. */
export const getCurrentUserProfile = handle(
  GatewayService.methods.getCurrentUserProfile,
  ({ caller }) => gateway.users.get(caller),
);

/** A user as the gateway knows him; for administrators, and for himself. */
export const getUserProfile = handle(
  GatewayService.methods.getUserProfile,
  (user, context) => refuseOther(context, user) ?? ok(gateway.users.get(user)),
);

/** The contracts that a user ordered, newest first. */
export const getUserDeployments = handle(
  GatewayService.methods.getUserDeployments,
  (user, cursor, limit, context) => {
    const page = history({ user, cursor, limit }, context, deploymentsOf);
    return 'Err' in page ? page : ok({ deployments: page.Ok.rows, next: page.Ok.next });
  },
);

/** What a user paid and got back, newest first. */
export const getUserPayments = handle(
  GatewayService.methods.getUserPayments,
  (user, cursor, limit, context) => {
    const page = history({ user, cursor, limit }, context, paymentsOf);
    return 'Err' in page ? page : ok({ payments: page.Ok.rows, next: page.Ok.next });
  },
);
