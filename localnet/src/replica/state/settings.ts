/** Who may see something besides controllers and the canister itself. */
export type Visibility =
  | { readonly controllers: null }
  | { readonly public: null }
  | { readonly allowed_viewers: readonly Uint8Array[] };

/** A canister's settings, apart from its controllers. Sizes in bytes, amounts in cycles. */
export interface Settings {
  /** Percent of a core that is reserved. */
  readonly computeAllocation: bigint;
  /** Bytes that are reserved; 0 for best effort. */
  readonly memoryAllocation: bigint;
  /** Seconds that the balance must last for before the canister freezes. */
  readonly freezingThreshold: bigint;
  readonly reservedCyclesLimit: bigint;
  /** Heap bytes above which updates fail; 0 for no limit. */
  readonly wasmMemoryLimit: bigint;
  readonly wasmMemoryThreshold: bigint;
  readonly logVisibility: Visibility;
  readonly snapshotVisibility: Visibility;
  readonly environment: ReadonlyMap<string, string>;
}

/** What a new canister has. */
export const DEFAULT_SETTINGS: Settings = {
  computeAllocation: 0n,
  memoryAllocation: 0n,
  freezingThreshold: 2_592_000n,
  reservedCyclesLimit: 5_000_000_000_000n,
  wasmMemoryLimit: 3_221_225_472n,
  wasmMemoryThreshold: 0n,
  logVisibility: { controllers: null },
  snapshotVisibility: { controllers: null },
  environment: new Map(),
};
