import { c, type Infer } from '../candid/index.ts';
import { Refusal } from '../errors/index.ts';

/**
 * Where a deployment stands. Written before each call that depends on it, so that whatever cuts a
 * message short, the next one knows what may have happened.
 *
 * - `Creating`: a canister was asked for. If nothing follows, that canister is lost to the factory.
 * - `Installing`: the canister is ours, empty or with code, and nobody else's.
 * - `HandingOver`: the right code runs; the owner may be a controller already. From here only forward.
 * - `Done`: indexed under the number. Final.
 * - `Failed`, `Cancelled`: no contract, ever, for this request. Final.
 */
export const DeploymentState = c.variant({
  Creating: c.null,
  Installing: c.principal,
  HandingOver: c.principal,
  Done: c.nat32,
  Failed: Refusal,
  Cancelled: c.null,
});
export type DeploymentState = Infer<typeof DeploymentState>;

/** A deployment, kept for ever under its request: the same request never makes two contracts. */
export const Deployment = c.record({
  state: DeploymentState,
  owner: c.principal,
  /** Version to be made, x.y.z; its module hash. */
  version: c.text({ max: 32 }),
  moduleHash: c.blob({ max: 32 }),
  /** The order, while it is needed; empty at the end. */
  order: c.blob({ max: 200_000 }),
  /** Nanoseconds since the epoch. */
  startedAt: c.nat64,
});
export type Deployment = Infer<typeof Deployment>;

/** True if nothing will change any more. */
export function isFinal(state: DeploymentState): boolean {
  return 'Done' in state || 'Failed' in state || 'Cancelled' in state;
}

/** What a cancellation must do with a deployment that no message is carrying out. */
export type CancelStep =
  /** It is done already: answer with the contract. */
  | { readonly kind: 'deployed'; readonly number: number }
  /** Write the tombstone; `spare` is an unused canister to keep, if there is one. */
  | { readonly kind: 'cancel'; readonly spare: Uint8Array | null }
  /** It failed or was cancelled before. */
  | { readonly kind: 'cancelled' }
  /** The owner may hold it already: finish it. */
  | { readonly kind: 'finish'; readonly canister: Uint8Array };

/** The {@link CancelStep} for a state; `null` stands for a request never seen. */
export function cancelStep(state: DeploymentState | null): CancelStep {
  if (state === null || 'Creating' in state) return { kind: 'cancel', spare: null };
  if ('Installing' in state) return { kind: 'cancel', spare: state.Installing };
  if ('HandingOver' in state) return { kind: 'finish', canister: state.HandingOver };
  if ('Done' in state) return { kind: 'deployed', number: state.Done };
  return { kind: 'cancelled' };
}
