import type { LookUpOutcome } from './events.ts';
import type { Order } from './order.ts';
import { resolve, type Resolution } from './resolve.ts';
import { FOREVER, wait } from './steps.ts';

/**
 * What the ledger's blocks say about a stuck order: they decide as an administrator would who looked them up. Where
 * they cannot be read, it waits for one.
 */
export function settleLookUp(order: Order, outcome: LookUpOutcome, now: bigint): Order {
  const refunding = order.refund !== null;
  switch (outcome.kind) {
    case 'found': {
      const { block } = outcome;
      return decide(order, refunding ? { Refunded: { block } } : { Charged: { block } }, now);
    }
    case 'absent':
      return decide(order, refunding ? { NotRefunded: null } : { NotCharged: null }, now);
    case 'searching':
      return order;
    case 'unable':
      return wait(order, now, { notBefore: FOREVER });
    case 'failed':
      return wait(order, now);
  }
}

function decide(order: Order, decision: Resolution, now: bigint): Order {
  const resolved = resolve(order, decision, now);
  if ('Err' in resolved) throw new Error(`Order ${order.number}: ${resolved.Err.message}`);
  return resolved.Ok;
}
