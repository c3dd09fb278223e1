import { worker } from '@fabrica/core/canister';

import { TRANSACTION_WINDOW } from '../../model/recent-transactions.ts';
import { ledger } from './ledger.ts';

const SECOND = 1_000_000_000n;
/** Blocks looked at in one message: about 30 M instructions. */
const BATCH = 200;

let scheduled = false;

const forgetting = worker((context) => {
  const wait = ledger().recent.forget(context.now, BATCH);
  scheduled = wait !== null;
  return wait === null ? null : Number((wait + SECOND - 1n) / SECOND);
});

/** Has a transaction that was just recorded forgotten when it is too old to come again. */
export function forgetLater(): void {
  if (scheduled) return;
  scheduled = true;
  forgetting.wake(Number(TRANSACTION_WINDOW / SECOND));
}

/** Takes up forgetting after an upgrade, which ends all timers. */
export function resumeForgetting(): void {
  scheduled = true;
  forgetting.wake();
}
