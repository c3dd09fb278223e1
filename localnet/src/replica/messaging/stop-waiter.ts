import type { CallOrigin } from './message.ts';

/** A `stop_canister` call that is answered when the canister has stopped. */
export interface StopWaiter {
  readonly origin: CallOrigin;
  /** Cycles to give back with the answer. */
  readonly refund: bigint;
  /** When the call gives up, ns. */
  readonly until: bigint;
}
