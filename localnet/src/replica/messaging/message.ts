import type { Outcome } from '../errors/rejection.ts';
import type { ActiveFault } from '../faults/fault.ts';
import type { Canister } from '../state/canister.ts';

/** Where the answer to a call goes. */
export type CallOrigin =
  | { readonly kind: 'ingress'; readonly id: string; readonly sender: Uint8Array }
  | { readonly kind: 'canister'; readonly request: Request }
  | { readonly kind: 'system' };

/** A call from one canister to another, or to the management canister. */
export interface Request {
  readonly sender: Canister;
  readonly callbackId: number;
  readonly receiver: Uint8Array;
  readonly method: string;
  readonly payload: Uint8Array;
  readonly cycles: bigint;
  /** The sender's version when it made the call. */
  readonly senderVersion: bigint;
  readonly deadline: bigint;
  readonly fault: ActiveFault | null;
}

/** The answer to a request, on its way to the callback. */
export interface Response {
  readonly receiver: Canister;
  readonly callbackId: number;
  readonly outcome: Outcome;
  readonly refund: bigint;
}

/** An answer to a request, not sent yet. */
export interface Answer {
  readonly request: Request;
  readonly outcome: Outcome;
  /** Cycles that go back with it. */
  readonly refund: bigint;
}

/** A call from outside. */
export interface Ingress {
  /** Request id in hex. */
  readonly id: string;
  readonly sender: Uint8Array;
  readonly receiver: Uint8Array;
  readonly method: string;
  readonly payload: Uint8Array;
}

/** Anything a subnet executes. */
export type Message =
  | { readonly kind: 'ingress'; readonly ingress: Ingress }
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'response'; readonly response: Response }
  /** A call of `raw_rand`, answered in the round after. */
  | { readonly kind: 'raw-rand'; readonly origin: CallOrigin; readonly refund: bigint }
  /** An answer that a fault delays. */
  | { readonly kind: 'delayed'; readonly rounds: number; readonly answer: Answer };
