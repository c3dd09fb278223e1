import { ok, type Result } from '@fabrica/core';
import type { Infer } from '@fabrica/core/candid';

import type { OrderReceipt } from '../../interface/orders.ts';
import { gatewayErrors } from '../../errors.ts';
import { stateOf, type Order } from '../saga/order.ts';

/** What `createContract` answers for an order: at its end always the same, before it that it is in progress. */
export function answerOf(order: Order): Result<Infer<typeof OrderReceipt>> {
  const { requestId, contract, factory, ledger, price, charge, refusal } = order;
  const state = stateOf(order);
  if (state === 'Deployed' && contract !== null) {
    return ok({ requestId, contract, factory, ledger, price, block: charge?.block ?? null });
  }
  if ((state === 'Refused' || state === 'Refunded') && refusal !== null) return { Err: refusal };
  return gatewayErrors.request_in_progress({ state });
}
