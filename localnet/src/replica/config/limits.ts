import type { InstructionConfig } from '../types.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Sizes and counts of the replica's configuration. */
export const LIMITS = {
  /** Reply of an update or a replicated query, bytes. */
  replyBytes: 2 * MiB,
  /** Reply of a query, bytes. */
  queryReplyBytes: 3 * MiB,
  /** Argument of a call to the same subnet, bytes. */
  requestBytes: 10 * MiB,
  /** Argument of a call to another subnet, bytes. */
  requestAcrossBytes: 2 * MiB,
  ingressBytes: 2 * MiB,
  nnsIngressBytes: 3.5 * MiB,
  methodNameBytes: 20_000,
  /** Requests from one canister to another that have no answer yet. */
  queueLength: 500,
  certifiedDataBytes: 32,
  /** WASM pages: 500 GiB. */
  stablePages: (500 * GiB) / (64 * KiB),
  controllers: 10,
  environmentVariables: 20,
  environmentVariableBytes: 128,
  chunkBytes: MiB,
  chunks: 100,
  snapshots: 10,
  /** Changes kept in a canister's history. */
  history: 20,
  /** Bytes of log kept per canister. */
  logBytes: 4096,
  /** Calls deep that a composite query may go. */
  compositeDepth: 6,
  /** Nanoseconds a best-effort call may wait at most. */
  bestEffortNanos: 300_000_000_000n,
  /** Nanoseconds after which `stop_canister` gives up. */
  stopNanos: 300_000_000_000n,
  /** Instructions after which a subnet leaves what remains for the next round. */
  roundInstructions: 7_000_000_000,
  /** Messages after which a subnet leaves what remains for the next round. */
  roundMessages: 10_000,
  /** Rounds that an awaited ingress message may take. */
  awaitedRounds: 100,
  /** Finished ingress messages whose answers are kept. */
  ingressHistory: 20_000,
} as const;

/** Instructions a message may use, by kind. */
export interface InstructionLimits {
  readonly update: number;
  readonly query: number;
  readonly install: number;
  readonly inspect: number;
}

const PRODUCTION: InstructionLimits = {
  update: 40_000_000_000,
  query: 5_000_000_000,
  install: 300_000_000_000,
  inspect: 200_000_000,
};

const UNLIMITED = 99_999_999_999_999;
const BENCHMARKING: InstructionLimits = {
  update: UNLIMITED,
  query: UNLIMITED,
  install: UNLIMITED,
  inspect: UNLIMITED,
};

/** The limits of a subnet. */
export function instructionLimits(config: InstructionConfig): InstructionLimits {
  return config === 'Production' ? PRODUCTION : BENCHMARKING;
}
