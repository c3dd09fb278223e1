/** What a rule may know of the message it decides on; a canister's `Context` is one. */
export interface Moment {
  /** Who sent the message, by the transport's word. */
  readonly caller: Uint8Array;
  /** Nanoseconds since the epoch. */
  readonly now: bigint;
  /** The wallet's own canister. */
  readonly self: Uint8Array;
}
