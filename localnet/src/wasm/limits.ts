const MiB = 1024 * 1024;

/** What a module may contain: the replica's `EmbeddersConfig` and `validation.rs`. */
export const LIMITS = {
  /** Module, after decompression, in bytes. */
  moduleBytes: 100 * MiB,
  /** Code section, in bytes. */
  codeSectionBytes: 10 * MiB,
  /** Functions defined by the module. */
  functions: 50_000,
  /** Globals defined by the module. */
  globals: 1000,
  /** Instructions of one function. */
  functionInstructions: 1_000_000,
  /** Exports named `canister_update x`, `canister_query x` or `canister_composite_query x`. */
  methods: 1000,
  /** UTF-8 bytes of all method names together. */
  methodNameBytes: 20_000,
  /** Custom sections named `icp:public x` or `icp:private x`. */
  metadataSections: 16,
  /** Names and contents of all such sections together, in bytes. */
  metadataBytes: MiB,
} as const;

/** Size of a WASM page in bytes. */
export const PAGE_BYTES = 65_536;
