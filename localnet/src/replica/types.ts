import type { ErrorCodeName, RejectCode } from './errors/codes.ts';

/** The kinds of subnet that PocketIC's interface names. */
export type SubnetKind =
  | 'NNS'
  | 'SNS'
  | 'II'
  | 'Fiduciary'
  | 'Bitcoin'
  | 'System'
  | 'Application'
  | 'VerifiedApplication';

/** `Benchmarking` raises every instruction limit to 99 999 999 999 999. */
export type InstructionConfig = 'Production' | 'Benchmarking';

/** A subnet to be made when the network starts. */
export interface SubnetSpec {
  readonly kind: SubnetKind;
  /** Default: `Production`. */
  readonly instructionConfig?: InstructionConfig;
}

/** Canister ids from `start` to `end`, both included. */
export interface CanisterRange {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** What is publicly known of a subnet. */
export interface SubnetInfo {
  /** Self-authenticating principal of `publicKey`. */
  readonly id: Uint8Array;
  readonly kind: SubnetKind;
  /** Number of nodes, which scales prices. */
  readonly size: number;
  readonly instructionConfig: InstructionConfig;
  readonly ranges: readonly CanisterRange[];
  /** DER of the subnet's BLS12-381 key, 133 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes from which the subnet's keys and randomness are derived. */
  readonly seed: Uint8Array;
}

/** Where a management call is to be executed, when its arguments do not say. */
export type EffectivePrincipal =
  | { readonly kind: 'none' }
  | { readonly kind: 'subnet'; readonly id: Uint8Array }
  | { readonly kind: 'canister'; readonly id: Uint8Array };

/** A call from outside. The sender is taken on trust: who listens on a socket checks signatures. */
export interface IngressMessage {
  readonly sender: Uint8Array;
  /** Empty for the management canister. */
  readonly canisterId: Uint8Array;
  readonly method: string;
  /** Candid bytes. */
  readonly payload: Uint8Array;
  readonly effective?: EffectivePrincipal;
  /** The request id, 32 bytes. Derived from the content and a counter when absent. */
  readonly id?: Uint8Array;
}

/** The network's refusal of, or failure at, a message. */
export interface CallError {
  readonly ok: false;
  /** Name of the replica's `ErrorCode`, such as `CanisterCalledTrap`. */
  readonly code: ErrorCodeName;
  /** The same as a number in text, such as `IC0503`. */
  readonly errorCode: string;
  readonly rejectCode: RejectCode;
  readonly description: string;
}

/** The answer to a call: a reply, the canister's own `msg_reject`, or an error. */
export type CallResult =
  | { readonly ok: true; readonly kind: 'reply'; readonly reply: Uint8Array }
  | { readonly ok: true; readonly kind: 'reject'; readonly message: string }
  | CallError;

/** Whether a message was let in. A refused one is never executed. */
export type Submission =
  | { readonly accepted: true; readonly id: Uint8Array }
  | { readonly accepted: false; readonly error: CallError };

/** `unknown`: never submitted, or so long ago that its answer was dropped. */
export type IngressStatus =
  | { readonly state: 'unknown' }
  | { readonly state: 'pending' }
  | { readonly state: 'done'; readonly result: CallResult };
