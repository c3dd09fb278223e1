import type { LedgerOutcome } from './events.ts';
import type { Order, Refund } from './order.ts';
import { end, enter, wait } from './steps.ts';

/**
 * The outcome of a refund. It is tried until the ledger confirms it: what surely did not happen is sent anew,
 * what may have happened is repeated identically. What is left for an administrator is only a transfer that may
 * have happened and is too old to repeat.
 */
export function settleRefund(order: Order, outcome: LedgerOutcome, now: bigint): Order {
  const refund = order.refund as Refund;
  const withdrawn = { ...refund, unknown: refund.unknown - 1 };
  switch (outcome.kind) {
    case 'paid':
      return end(order, 'Refunded', now, {
        refund: { ...refund, unknown: 0, block: outcome.block },
      });
    case 'declined': {
      const { why } = outcome;
      if (why.kind === 'fee') {
        return wait(order, now, { refund: atFee(withdrawn, order.price, why.expected) });
      }
      if (why.kind === 'too old' && withdrawn.unknown > 0) {
        return enter(order, 'Stuck', now, { refund: withdrawn });
      }
      return wait(order, now, { refund: withdrawn });
    }
    case 'failed':
      return wait(order, now, outcome.effect === 'none' ? { refund: withdrawn } : {});
  }
}

/** The refund at the ledger's new fee, if no attempt at the old one may have happened and the price covers it. */
function atFee(refund: Refund, price: bigint, fee: bigint): Refund {
  return refund.unknown > 0 || fee >= price ? refund : { ...refund, fee, amount: price - fee };
}
