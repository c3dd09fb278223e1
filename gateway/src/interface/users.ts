import { Refusal } from '@fabrica/core';
import { c, query } from '@fabrica/core/candid';

import { Deployment, OrderPayment } from '../model/orders/history.ts';
import { Profile } from '../model/orders/users.ts';
import { MAX_PAGE } from './common.ts';

/** A page of a user's contracts, newest first. */
export const DeploymentPage = c.named(
  'DeploymentPage',
  c.record({
    deployments: c.vec(Deployment, { max: MAX_PAGE }),
    /** Cursor of the page after; a page may be short, or empty, and have one. */
    next: c.opt(c.nat32),
  }),
);

/** A page of a user's payments, newest first; one more than was asked for where a charge and its refund end it. */
export const PaymentPage = c.named(
  'PaymentPage',
  c.record({
    payments: c.vec(OrderPayment, { max: MAX_PAGE + 1 }),
    next: c.opt(c.nat32),
  }),
);

/** Users: oneself, or, for administrators, whoever is named. */
export const userMethods = {
  getCurrentUserProfile: query([], Profile),
  getUserProfile: query([c.principal], c.result(Profile, Refusal)),
  /** User (oneself if left out), cursor, limit. */
  getUserDeployments: query(
    [c.opt(c.principal), c.opt(c.nat32), c.nat32],
    c.result(DeploymentPage, Refusal),
  ),
  getUserPayments: query(
    [c.opt(c.principal), c.opt(c.nat32), c.nat32],
    c.result(PaymentPage, Refusal),
  ),
} as const;
