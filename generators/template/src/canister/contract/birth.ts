import type { Infer } from '@fabrica/core/candid';

import type { TemplateContract } from '../../candid.ts';
import { validateOrder } from '../../model/validate-order.ts';
import { base } from './base.ts';
import { appoint } from './membership.ts';
import { order } from './state.ts';

/**
 * Sets the contract up as ordered.
 *
 * @throws Error if the order breaks its rules. The factory has checked it; whoever installs the module by
 *   hand is told here.
 */
export function birth(init: Infer<(typeof TemplateContract)['init'][0]>): void {
  const valid = validateOrder(init.order);
  if ('Err' in valid) {
    throw new Error(`${valid.Err.code}: ${valid.Err.message} ${valid.Err.action}`);
  }
  base.init(init.factory, init.owner);
  order.set(init.order);
  // <role>
  appoint('keeper', init.order.keepers);
  // </role>
}
