import { sha256 } from '@noble/hashes/sha2';

import { LIMITS } from '../config/limits.ts';
import { Refused } from '../errors/rejection.ts';
import { keyOf } from '../ids.ts';

/** Pieces of wasm that a canister keeps to install others from. */
export class ChunkStore {
  #chunks = new Map<string, Uint8Array>();

  /** Number of chunks. */
  get size(): number {
    return this.#chunks.size;
  }

  /** Room taken: each chunk counts as a whole one. */
  get byteLength(): number {
    return this.#chunks.size * LIMITS.chunkBytes;
  }

  /** Adds a chunk and returns its SHA-256. Adding one twice does nothing. Throws `Refused`. */
  add(chunk: Uint8Array): Uint8Array {
    if (chunk.length > LIMITS.chunkBytes) {
      throw chunkError(
        `Wasm chunk size ${chunk.length} exceeds the maximum chunk size of ${LIMITS.chunkBytes}`,
      );
    }
    const hash = sha256(chunk);
    const key = keyOf(hash);
    if (this.#chunks.has(key)) return hash;
    if (this.#chunks.size >= LIMITS.chunks) {
      const capacity = LIMITS.chunks * LIMITS.chunkBytes;
      throw chunkError(
        `Wasm chunk store has already reached maximum capacity of ${capacity} bytes ` +
          `or the maximum number of entries, ${LIMITS.chunks}`,
      );
    }
    this.#chunks.set(key, chunk.slice());
    return hash;
  }

  /** Hashes of all chunks, sorted. */
  hashes(): Uint8Array[] {
    return [...this.#chunks.keys()].sort().map((key) => new Uint8Array(Buffer.from(key, 'hex')));
  }

  /** The chunks with these hashes, joined. Throws `Refused` if one is missing. */
  assemble(hashes: readonly Uint8Array[]): Uint8Array {
    const parts = hashes.map((hash) => {
      if (hash.length !== 32) throw chunkError('Chunk hash is invalid. The length is not 32');
      const chunk = this.#chunks.get(keyOf(hash));
      if (!chunk) throw chunkError(`Chunk hash [${hash.join(', ')}] was not found`);
      return chunk;
    });
    return new Uint8Array(Buffer.concat(parts));
  }

  /** Removes all chunks. */
  clear(): void {
    this.#chunks.clear();
  }

  /** All chunks, in the order in which they came. They never change. */
  values(): readonly Uint8Array[] {
    return [...this.#chunks.values()];
  }

  /** A copy, for snapshots. Chunks are shared: they never change. */
  copy(): ChunkStore {
    const copy = new ChunkStore();
    copy.#chunks = new Map(this.#chunks);
    return copy;
  }
}

/** An error of the chunk store, in the replica's words. */
export function chunkError(message: string): Refused {
  return new Refused('CanisterContractViolation', `Error from Wasm chunk store: ${message}.`);
}
