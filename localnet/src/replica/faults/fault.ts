import type { RejectCode } from '../errors/codes.ts';
import type { Answer } from '../messaging/message.ts';
import type { Subnet } from '../topology/subnet.ts';

/** What happens to a call that a fault hits. */
export type FaultAction =
  /** Not delivered; the caller gets this rejection and its cycles back. */
  | { readonly kind: 'reject'; readonly code: RejectCode; readonly message: string }
  /** Delivered and executed, but the answer is lost: the caller gets this rejection instead. */
  | { readonly kind: 'lose-answer'; readonly code?: RejectCode; readonly message?: string }
  /** Delivered and executed; the answer arrives this many rounds later. */
  | { readonly kind: 'delay-rounds'; readonly rounds: number }
  /** Delivered and executed; the answer is held back until the fault is released. */
  | { readonly kind: 'hold-answer' }
  /** Delivered, executed and answered; the caller's callback traps, so that its cleanup runs. */
  | { readonly kind: 'trap-callback' };

/** Which calls between canisters go wrong, and how. Absent criteria match everything. */
export interface FaultRule {
  /** The callee, `new Uint8Array(0)` for the management canister. */
  readonly to?: Uint8Array;
  /** The caller. */
  readonly from?: Uint8Array;
  readonly method?: string;
  /** Matching calls that go well before the first that does not. Default 0. */
  readonly skip?: number;
  /** Calls that go wrong; `Infinity` for all. Default 1. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** A rule's handle. */
export interface Fault {
  readonly id: number;
  readonly rule: FaultRule;
  /** Calls that matched so far, those skipped included. */
  readonly matched: number;
  /** Calls that went wrong so far. */
  readonly hits: number;
  /** Delivers the answers held back and ends the rule. They arrive in the next round. */
  release(): void;
  /** Ends the rule; answers already held back stay held. */
  remove(): void;
}

/** An answer that a fault holds back, and the subnet that it comes from. */
export interface HeldAnswer {
  readonly from: Subnet;
  readonly answer: Answer;
}

/** A fault that has hit one call: what to do with its answer. */
export interface ActiveFault {
  readonly action: FaultAction;
  /** Takes over the delivery of an answer. */
  hold(held: HeldAnswer): void;
}
