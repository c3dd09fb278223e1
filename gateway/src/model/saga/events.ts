import type { Refusal } from '@fabrica/core';

/**
 * The one call that an order needs next.
 *
 * - `Validate`: the factory checks the arguments. Moves nothing.
 * - `Charge`: the ledger moves the price from the user to the gateway.
 * - `Create`: the factory makes the contract. Sent once in an order's life.
 * - `Cancel`: the factory says what became of `Create`: the contract, or never.
 * - `Refund`: the ledger moves the money back.
 * - `LookUp`: the ledger's blocks are read on, for a transfer whose outcome is unknown.
 */
export type Effect = 'Validate' | 'Charge' | 'Create' | 'Cancel' | 'Refund' | 'LookUp';

/** A call that brought no usable answer. `none`: the callee surely did not run it. */
export interface Failed {
  readonly kind: 'failed';
  readonly effect: 'none' | 'possible';
  readonly reason: string;
}

/** Why a ledger declined, as far as an order must tell the reasons apart. */
export type LedgerReason =
  | { readonly kind: 'fee'; readonly expected: bigint }
  | { readonly kind: 'too old' }
  | { readonly kind: 'funds' }
  | { readonly kind: 'other' };

/** What a ledger answered. `paid` stands for Ok and for Duplicate: both name the block. */
export type LedgerOutcome =
  | { readonly kind: 'paid'; readonly block: bigint }
  | { readonly kind: 'declined'; readonly why: LedgerReason; readonly refusal: Refusal }
  | Failed;

/** What a factory answered to `Validate`. */
export type ValidateOutcome =
  | { readonly kind: 'valid' }
  | { readonly kind: 'declined'; readonly refusal: Refusal }
  | Failed;

/** What a factory answered to `Create`. */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly contract: Uint8Array }
  | { readonly kind: 'declined'; readonly refusal: Refusal }
  | Failed;

/** What a factory answered to `Cancel`. A refusal to say is a {@link Failed}. */
export type CancelOutcome =
  | { readonly kind: 'created'; readonly contract: Uint8Array }
  | { readonly kind: 'cancelled' }
  | Failed;

/** What the ledger's blocks say about a transfer. */
export type LookUpOutcome =
  | { readonly kind: 'found'; readonly block: bigint }
  /** It did not happen, and never will. */
  | { readonly kind: 'absent' }
  /** There is more to read. */
  | { readonly kind: 'searching' }
  /** The ledger does not show its blocks: an administrator must find out. */
  | { readonly kind: 'unable'; readonly reason: string }
  | Failed;

/** The outcome of an effect, by effect. */
export interface Outcomes {
  readonly Validate: ValidateOutcome;
  readonly Charge: LedgerOutcome;
  readonly Create: CreateOutcome;
  readonly Cancel: CancelOutcome;
  readonly Refund: LedgerOutcome;
  readonly LookUp: LookUpOutcome;
}
