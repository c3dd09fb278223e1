import { worker } from '@fabrica/core/canister';

import { archiveLater } from './archiving.ts';
import { base } from './base.ts';
import { certifyTip } from './certify-tip.ts';
import { followers } from './ledger.ts';

/** Blocks followed in one message: about 400 M instructions. */
const BATCH = 32;
/** Seconds from a transaction to its block's sealing: those of a second share the cost of certification. */
const DELAY = 1;

let scheduled = false;

/** Does for each block, in order, what a transfer need not wait for. */
const following = worker((context) => {
  const each = followers();
  for (const { kind, user } of each.follow(BATCH, context.now)) {
    const change = { role: 'holder', user };
    base.notify(kind === 'RoleAdded' ? { RoleAdded: change } : { RoleRemoved: change });
  }
  certifyTip();
  archiveLater();
  scheduled = each.behind > 0;
  return scheduled ? 0 : null;
});

/** Has a block that was just recorded followed within seconds. */
export function followLater(): void {
  if (scheduled) return;
  scheduled = true;
  following.wake(DELAY);
}

/** Follows again after an upgrade, which ends all timers. */
export function resumeFollowing(): void {
  scheduled = followers().behind > 0;
  if (scheduled) following.wake();
}
