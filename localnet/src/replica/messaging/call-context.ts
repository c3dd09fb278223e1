import type { CallOrigin } from './message.ts';

/** A closure of a canister: table index and argument. */
export interface Closure {
  readonly fun: number;
  readonly env: number;
}

/** One call being served. Lives until it is answered and all its own calls are. */
export interface CallContext {
  readonly id: number;
  readonly origin: CallOrigin;
  readonly method: string;
  readonly caller: Uint8Array;
  /** When a best-effort caller stops waiting, ns; 0 if it waits for ever. */
  readonly deadline: bigint;
  /** Attached cycles not accepted so far: refunded with the answer. */
  available: bigint;
  responded: boolean;
  /** Calls made that have no answer yet. */
  outstanding: number;
  /** Instructions used so far, for `performance_counter(1)`. */
  instructions: number;
}

/** What a canister left behind when it made a call. */
export interface Callback {
  readonly id: number;
  /** Null when the code that made the call was uninstalled. */
  context: CallContext | null;
  readonly callee: Uint8Array;
  readonly calleeKey: string;
  readonly method: string;
  readonly onReply: Closure;
  readonly onReject: Closure;
  readonly onCleanup: Closure | null;
  /** When it stops waiting, ns; 0 for a guaranteed answer. */
  readonly deadline: bigint;
  /** Paid in advance for the answer's transmission and for executing the callback. */
  readonly prepaidTransmission: bigint;
  readonly prepaidExecution: bigint;
  /** Set by a fault: the callback is to trap. */
  trap: boolean;
}
