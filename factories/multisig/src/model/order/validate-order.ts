import { ok, type OrderContext, type Result } from '@fabrica/core';

import type { WalletInit } from '../../schemas/order.ts';
import { configOfOrder } from './config-of-order.ts';

const passed: Result<null> = Object.freeze(ok(null));

/** Checks an order by making the wallet that it asks for; answers the first fault. */
export function validateOrder(order: WalletInit, { now }: OrderContext): Result<null> {
  const made = configOfOrder(order, now);
  return 'Err' in made ? made : passed;
}
