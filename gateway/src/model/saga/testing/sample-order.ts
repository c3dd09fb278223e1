import { enter } from '../steps.ts';
import type { Order, StateName } from '../order.ts';

/** Nanoseconds in a second. */
export const SECOND = 1_000_000_000n;

/** An accepted order as tests begin with; `changes` on top. */
export function sampleOrder(changes: Partial<Order> = {}): Order {
  return {
    number: 7,
    requestId: Uint8Array.of(1, 2, 3),
    caller: Uint8Array.of(11, 12, 2),
    factory: 'token',
    factoryCanister: Uint8Array.of(21, 1),
    ledger: Uint8Array.of(31, 1),
    price: 1_000n,
    ledgerFee: 10n,
    args: Uint8Array.of(9, 9),
    acceptedAt: 0n,
    updatedAt: 0n,
    previous: null,
    state: { Accepted: null },
    attempts: 0,
    notBefore: 0n,
    charge: null,
    refund: null,
    contract: null,
    refusal: null,
    ...changes,
  };
}

/** The sample order in `state`. */
export function orderIn(state: StateName, changes: Partial<Order> = {}): Order {
  return enter(sampleOrder(), state, 0n, changes);
}
