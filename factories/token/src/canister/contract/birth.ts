import { MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { TokenContract } from '../../candid.ts';
import { mintInitialBalances } from '../../model/birth.ts';
import { validateOrder } from '../../model/validate-order.ts';
import { base } from './base.ts';
import { followLater } from './following.ts';
import { followers, ledger, order } from './ledger.ts';

/**
 * Sets up a token as ordered.
 *
 * @throws Error if the order breaks its rules. The factory has checked it; whoever installs the module
 *   by hand is told here, before a ledger exists whose books could not be kept.
 */
export function birth(init: Infer<(typeof TokenContract)['init'][0]>, context: Context): void {
  const valid = validateOrder(init.order);
  if ('Err' in valid)
    throw new Error(`${valid.Err.code}: ${valid.Err.message} ${valid.Err.action}`);
  base.init(init.factory, init.owner);
  order.set(init.order);
  mintInitialBalances(ledger(), init.order.initialBalances, context.now);
  const holders = followers().holders.reconcile(
    init.order.initialBalances.map(({ account }) => account),
  );
  // The factory indexed the first ones itself, when it made this contract.
  for (const { user } of holders.slice(MAX_HOLDERS_AT_BIRTH)) {
    base.notify({ RoleAdded: { role: 'holder', user } });
  }
  followLater();
}
