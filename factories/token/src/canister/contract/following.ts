import { certify, worker } from '@fabrica/core/canister';

import { ledger, sealed } from './ledger.ts';

/** Blocks followed in one message: about 400 M instructions. */
const BATCH = 32;
/** Seconds from a transaction to its block's sealing: those of a second share the cost of certification. */
const DELAY = 1;

let scheduled = false;

/** Does for each block, in order, what a transfer need not wait for. */
const following = worker(() => {
  const { blocks } = ledger();
  sealed.append(blocks.slice(sealed.length, BATCH));
  certifyTip();
  scheduled = sealed.length < blocks.length;
  return scheduled ? 0 : null;
});

/** Has a block that was just recorded followed within seconds. */
export function followLater(): void {
  if (scheduled) return;
  scheduled = true;
  following.wake(DELAY);
}

/** Certifies and follows again after an upgrade, which ends all timers and clears certified data. */
export function resumeFollowing(): void {
  certifyTip();
  scheduled = sealed.length < ledger().blocks.length;
  if (scheduled) following.wake();
}

function certifyTip(): void {
  if (sealed.tip !== null) certify(sealed.tip.root);
}
