import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import { viewOf } from '../model/orders/view.ts';
import { isFinal, stateOf } from '../model/saga/order.ts';
import { gateway } from './memory.ts';
import { refuseHaste } from './guards.ts';
import { driver, worldOf } from './orders.ts';
import { deliver } from './workers/storages.ts';

/**
 * Asks for the money of an order that does not end. The order is taken up at once, whatever pause it was in; what only
 * an administrator can decide is noted for him. Asking twice at once pays once: the second finds the order in hand.
 */
export const requestRefund = handle(
  GatewayService.methods.requestRefund,
  async (requestId, reason, context) => {
    const hasty = refuseHaste(context);
    if (hasty !== null) return hasty;
    const { journal, refundAsks } = gateway;
    const order = journal.find(context.caller, requestId);
    if (order === null) return gatewayErrors.unknown_request();
    if (isFinal(order)) return gatewayErrors.not_refundable({ state: stateOf(order) });
    const refused = refundAsks.ask(order.number, reason, context.now);
    if (refused !== null) return refused;
    gateway.audit.push({
      time: context.now,
      actor: context.caller,
      action: 'refund.requested',
      severity: { Warning: null },
      subject: context.caller,
      reference: order.requestId,
      contract: null,
      factory: order.factory,
      // The reason is the user's own and stays with the order.
      detail: stateOf(order),
    });
    const after = gateway.config.flag('emergency_stop')
      ? order
      : await driver.resume({ ...order, notBefore: 0n }, worldOf(context));
    deliver();
    return ok(viewOf(after, gateway));
  },
  { audience: 'identified' },
);
