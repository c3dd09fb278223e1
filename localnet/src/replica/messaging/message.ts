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
  /** Work put off to a later round, such as the answer of `raw_rand`. */
  | { readonly kind: 'deferred'; readonly run: () => void };
