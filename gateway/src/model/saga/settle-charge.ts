import type { LedgerOutcome } from './events.ts';
import type { Charge, Order } from './order.ts';
import { end, enter, wait } from './steps.ts';
import { gatewayErrors } from '../../errors.ts';

/**
 * The outcome of a charge.
 *
 * Alone, an attempt that the ledger declined or never got means that nothing was charged. After an attempt with
 * an unknown effect it means so only if the ledger would have answered Duplicate first, as ledgers do before they
 * look at balance and allowance; they check the fee and the age before, so those two leave the question open.
 */
export function settleCharge(order: Order, outcome: LedgerOutcome, now: bigint): Order {
  const charge = order.charge as Charge;
  const alone = charge.unknown === 1;
  const withdrawn = { ...charge, unknown: charge.unknown - 1 };
  switch (outcome.kind) {
    case 'paid':
      return enter(order, 'Charged', now, {
        charge: { ...charge, unknown: 0, block: outcome.block },
      });
    case 'declined':
      if (alone || outcome.why.kind === 'funds') {
        return end(order, 'Refused', now, {
          refusal: outcome.refusal,
          charge: { ...charge, unknown: 0 },
        });
      }
      if (outcome.why.kind === 'too old') return enter(order, 'Stuck', now, { charge: withdrawn });
      return wait(order, now, { charge: withdrawn });
    case 'failed':
      if (outcome.effect === 'possible') return wait(order, now);
      if (!alone) return wait(order, now, { charge: withdrawn });
      return end(order, 'Refused', now, {
        refusal: gatewayErrors.ledger_unreachable({ reason: outcome.reason }).Err,
        charge: withdrawn,
      });
  }
}
