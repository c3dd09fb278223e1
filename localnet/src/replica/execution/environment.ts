import type { Canister } from '../state/canister.ts';
import type { Subnet } from '../topology/subnet.ts';

/** What a running message can ask of the network. */
export interface Environment {
  /** Nanoseconds since the epoch; the same throughout a message. */
  readonly time: bigint;
  /** DER key of the root subnet. */
  readonly rootKey: Uint8Array;
  /** The subnet that hosts, or would host, a canister. */
  subnetOf(id: Uint8Array): Subnet | null;
  /** A certificate of the canister's certified data, or null if the network does not sign. */
  certificate(canister: Canister): Uint8Array | null;
  /** Takes what a canister prints. */
  print(canister: Canister, line: Uint8Array): void;
}
