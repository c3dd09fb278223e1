import { c, type Infer } from '@fabrica/core/candid';
import { ok, type Result } from '@fabrica/core';

import { isFinal, stateOf, type Order } from './order.ts';
import { end, enter, giveBack } from './steps.ts';
import { gatewayErrors } from '../../errors.ts';

/**
 * What an administrator, or a look at the ledger's blocks, found out about an order.
 *
 * - `Charged`, `NotCharged`: a stuck charge, looked up on the ledger. A charged one is paid back.
 * - `Refunded`, `NotRefunded`: a stuck refund, looked up on the ledger. One that was not paid is sent anew.
 * - `Retry`: the next attempt, or look-up, is made now, whatever pause was meant to come first.
 * - `RefundRejected`: the user's ask for a refund is turned down for a reason he can read. The order stays as it is: it
 *   still ends with the contract or the money.
 * - `Abandoned`: the factory of a deploying order is gone for good and no contract was left; it is paid back.
 */
export const Resolution = c.named(
  'Resolution',
  c.variant({
    Charged: c.record({ block: c.nat }),
    NotCharged: c.null,
    Refunded: c.record({ block: c.nat }),
    NotRefunded: c.null,
    Retry: c.null,
    RefundRejected: c.record({ reason: c.text({ max: 200 }) }),
    Abandoned: c.null,
  }),
);
export type Resolution = Infer<typeof Resolution>;

/** The order after an administrator's decision; refused where the order does not need one of that kind. */
export function resolve(order: Order, decision: Resolution, now: bigint): Result<Order> {
  const state = stateOf(order);
  const { charge, refund } = order;
  const refusal = order.refusal ?? gatewayErrors.interrupted().Err;
  const retriable = !isFinal(order) && state !== 'Accepted' && state !== 'Charged';
  if ('Retry' in decision && retriable) return ok({ ...order, notBefore: 0n });
  if ('RefundRejected' in decision && !isFinal(order)) return ok(order);
  if (state === 'Deploying' && 'Abandoned' in decision) {
    const reason = 'the factory no longer answers';
    return ok(giveBack(order, gatewayErrors.deployment_failed({ reason }).Err, now));
  }
  if (state === 'Stuck' && refund !== null) {
    if ('Refunded' in decision) {
      return ok(
        end(order, 'Refunded', now, {
          refund: { ...refund, unknown: 0, block: decision.Refunded.block },
        }),
      );
    }
    if ('NotRefunded' in decision) {
      return ok(enter(order, 'Refunding', now, { refund: { ...refund, unknown: 0 } }));
    }
  } else if (state === 'Stuck' && charge !== null) {
    if ('Charged' in decision) {
      const charged = {
        ...order,
        charge: { ...charge, unknown: 0, block: decision.Charged.block },
      };
      const reason = 'it was charged more than a day ago';
      return ok(giveBack(charged, gatewayErrors.deployment_failed({ reason }).Err, now));
    }
    if ('NotCharged' in decision) {
      return ok(end(order, 'Refused', now, { refusal, charge: { ...charge, unknown: 0 } }));
    }
  }
  return gatewayErrors.not_resolvable({ state });
}
