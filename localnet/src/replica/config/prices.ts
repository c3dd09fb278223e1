/**
 * What a subnet of {@link REFERENCE_NODES} nodes charges, in cycles. Other sizes scale in
 * proportion. Source: the Internet Computer's published cycles costs (May 2026).
 */
export interface Prices {
  readonly createCanister: bigint;
  /** Per update message, callback, timer and heartbeat. */
  readonly execution: bigint;
  /** Per instruction of a 32-bit module; a 64-bit one pays twice. */
  readonly instruction: bigint;
  readonly call: bigint;
  readonly callByte: bigint;
  readonly ingress: bigint;
  readonly ingressByte: bigint;
  /** Per GiB and second. */
  readonly storage: bigint;
  /** Per percent of compute allocation and second. */
  readonly compute: bigint;
  /** `http_request`: base + nodes x perNode, then per byte and node. */
  readonly http: {
    readonly base: bigint;
    readonly perNode: bigint;
    readonly requestByte: bigint;
    readonly responseByte: bigint;
  };
  /** A signature or key derivation by a 13-node and by a 34-node key. */
  readonly thresholdTestKey: bigint;
  readonly thresholdKey: bigint;
}

/** The subnet size that {@link PRICES} are for. */
export const REFERENCE_NODES = 13;

/** The price table. */
export const PRICES: Prices = {
  createCanister: 500_000_000_000n,
  execution: 5_000_000n,
  instruction: 1n,
  call: 260_000n,
  callByte: 1_000n,
  ingress: 1_200_000n,
  ingressByte: 2_000n,
  storage: 127_000n,
  compute: 10_000_000n,
  http: { base: 3_000_000n, perNode: 60_000n, requestByte: 400n, responseByte: 800n },
  thresholdTestKey: 10_000_000_000n,
  thresholdKey: 26_153_846_153n,
};

/** Instructions charged for work of the management canister, beyond what code itself executes. */
export const MANAGEMENT_INSTRUCTIONS = {
  uploadChunk: 200_000_000,
  snapshot: 2_000_000_000,
  /** Per wasm instruction of an installed module. */
  compile: 6_000,
} as const;
