import { MAX_HOLDERS_AT_BIRTH } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { ArchiveRole } from '../../archive-schema.ts';
import type { TokenContract } from '../../candid.ts';
import { mintInitialBalances } from '../../model/birth.ts';
import { refuseBirth } from '../../model/refuse-birth.ts';
import { becomeArchive } from './archive.ts';
import { base } from './base.ts';
import { followLater } from './following.ts';
import { followers, ledger, order } from './ledger.ts';

type Born = Infer<(typeof TokenContract)['init'][0]>;

/**
 * Sets up a token as ordered.
 *
 * @throws Error if the order is one whose books could not be kept. The factory has checked all its rules; whoever
 *   installs the module by hand is told here of those that the ledger rests on.
 */
export function birth(init: Born, archive: ArchiveRole | null, context: Context): void {
  if (archive !== null) {
    becomeArchive(init, archive);
    return;
  }
  const fault = refuseBirth(init.order);
  if (fault !== null) throw new Error(`No ledger can keep this order: ${fault}.`);
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
