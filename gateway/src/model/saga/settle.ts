import type { CancelOutcome, CreateOutcome, Effect, Outcomes, ValidateOutcome } from './events.ts';
import type { Order } from './order.ts';
import { settleCharge } from './settle-charge.ts';
import { settleLookUp } from './settle-look-up.ts';
import { settleRefund } from './settle-refund.ts';
import { end, enter, giveBack, wait } from './steps.ts';
import { gatewayErrors } from '../../errors.ts';

/** The order after the outcome of the effect that {@link begin} asked for. */
export function settle<E extends Effect>(
  order: Order,
  effect: E,
  outcome: Outcomes[E],
  now: bigint,
): Order {
  const rule = rules[effect] as (order: Order, outcome: Outcomes[E], now: bigint) => Order;
  return rule(order, outcome, now);
}

const rules: {
  readonly [E in Effect]: (order: Order, outcome: Outcomes[E], now: bigint) => Order;
} = {
  Validate: settleValidate,
  Charge: settleCharge,
  Create: settleCreate,
  Cancel: settleCancel,
  Refund: settleRefund,
  LookUp: settleLookUp,
};

function settleValidate(order: Order, outcome: ValidateOutcome, now: bigint): Order {
  switch (outcome.kind) {
    case 'valid':
      if (order.price === 0n) return enter(order, 'Charged', now);
      return enter(order, 'Charging', now, { charge: { createdAt: now, unknown: 0, block: null } });
    case 'declined':
      return end(order, 'Refused', now, { refusal: outcome.refusal });
    case 'failed':
      return end(order, 'Refused', now, {
        refusal: gatewayErrors.factory_unreachable({ reason: outcome.reason }).Err,
      });
  }
}

function settleCreate(order: Order, outcome: CreateOutcome, now: bigint): Order {
  switch (outcome.kind) {
    case 'created':
      return end(order, 'Deployed', now, { contract: outcome.contract });
    case 'declined': {
      // The factory may have got far before it declined; `Cancel` makes its word final before money goes back.
      const { code, message } = outcome.refusal;
      return wait(order, now, { refusal: deploymentFailed(`${code}: ${message}`) });
    }
    case 'failed':
      // What may have run is asked for with `Cancel`; what surely did not run needs no asking.
      if (outcome.effect === 'none') return giveBack(order, deploymentFailed(outcome.reason), now);
      return wait(order, now, { refusal: deploymentFailed(outcome.reason) });
  }
}

function settleCancel(order: Order, outcome: CancelOutcome, now: bigint): Order {
  switch (outcome.kind) {
    case 'created':
      return end(order, 'Deployed', now, { contract: outcome.contract, refusal: null });
    case 'cancelled':
      return giveBack(order, order.refusal ?? deploymentFailed('it was interrupted'), now);
    case 'failed':
      return wait(order, now);
  }
}

function deploymentFailed(reason: string) {
  return gatewayErrors.deployment_failed({ reason: reason.slice(0, 500) }).Err;
}
