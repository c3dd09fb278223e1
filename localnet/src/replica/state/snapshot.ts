import type { PreparedModule } from '../../wasm/index.ts';
import type { ChunkStore } from './chunk-store.ts';
import type { HeapImage } from './heap-image.ts';
import type { StableImage } from './stable-memory.ts';

/** A saved canister, as `take_canister_snapshot` makes it. */
export interface Snapshot {
  /** Canister id, then an 8-byte number. */
  readonly id: Uint8Array;
  readonly takenAt: bigint;
  readonly canisterVersion: bigint;
  readonly module: PreparedModule;
  readonly moduleSize: number;
  readonly heap: HeapImage;
  readonly stable: StableImage;
  readonly chunks: ChunkStore;
  readonly certifiedData: Uint8Array;
  readonly globalTimer: bigint;
  /** Bytes that it adds to the canister's memory usage. */
  readonly size: number;
}
