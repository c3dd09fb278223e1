import { MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { TokenContract } from '../../candid.ts';
import { isArchive } from '../../model/archive/is-archive.ts';
import { mintInitialBalances } from '../../model/birth.ts';
import { refuseBirth } from '../../model/refuse-birth.ts';
import { base } from './base.ts';
import { followLater } from './following.ts';
import { followers, ledger, order } from './ledger.ts';

/**
 * Sets up a token as ordered, or an archive by an order of which no token can come.
 *
 * @throws Error if the order is one whose books could not be kept. The factory has checked all its rules; whoever
 *   installs the module by hand is told here of those that the ledger rests on.
 */
export function birth(init: Infer<(typeof TokenContract)['init'][0]>, context: Context): void {
  const fault = refuseBirth(init.order);
  if (fault !== null) throw new Error(`No ledger can keep this order: ${fault}.`);
  base.init(init.factory, init.owner);
  order.set(init.order);
  if (isArchive(init.order)) return;
  mintInitialBalances(ledger(), init.order.initialBalances, context.now);
  followers().holders.members.advance(null);
  const holders = followers().holders.reconcile(
    init.order.initialBalances.map(({ account }) => account),
  );
  // The factory indexed the first ones itself, when it made this contract.
  for (const { user } of holders.slice(MAX_HOLDERS_AT_BIRTH)) {
    base.notify({ RoleAdded: { role: 'holder', user } });
  }
  followLater();
}
