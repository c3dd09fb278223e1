import { VERSION } from './stored.ts';
import { HEADER } from './posting-list.ts';

/** The form byte of a root whose numbers are in pages. */
export const PAGED = 2;

/**
 * Which chunks of a large set have a page: bit `i` of word `w` stands for chunk `32 w + i`.
 * Stored as `version u8 | form u8 | zero u16 | words u32`. Four bytes tell of 262,144 contracts.
 */
export type ChunkBits = Uint32Array;

/** The chunk bits of a stored paged root, copied so that a cache may keep them. */
export function chunksOf(root: Uint8Array): ChunkBits {
  return new Uint32Array(root.slice(HEADER).buffer);
}

/** The stored root of a paged set. */
export function rootOf(chunks: ChunkBits): Uint8Array {
  const value = new Uint8Array(HEADER + chunks.byteLength);
  value[0] = VERSION;
  value[1] = PAGED;
  value.set(new Uint8Array(chunks.buffer, chunks.byteOffset, chunks.byteLength), HEADER);
  return value;
}

/** The bits with `chunk` present. */
export function withChunk(chunks: ChunkBits, chunk: number): ChunkBits {
  const next = new Uint32Array(Math.max(chunks.length, (chunk >>> 5) + 1));
  next.set(chunks);
  next[chunk >>> 5]! |= 1 << (chunk & 31);
  return next;
}

/** The bits with `chunk` absent; empty when no chunk is left. */
export function withoutChunk(chunks: ChunkBits, chunk: number): ChunkBits {
  const next = chunks.slice();
  next[chunk >>> 5]! &= ~(1 << (chunk & 31));
  return next.subarray(0, next.findLastIndex((word) => word !== 0) + 1);
}

/** The highest present chunk at or below `chunk`, or -1. */
export function chunkAtOrBelow(chunks: ChunkBits, chunk: number): number {
  if (chunk < 0 || chunks.length === 0) return -1;
  let word = Math.min(chunk >>> 5, chunks.length - 1);
  let bits = chunks[word]!;
  if (word === chunk >>> 5) bits &= 0xffff_ffff >>> (31 - (chunk & 31));
  while (bits === 0) {
    if (word === 0) return -1;
    word -= 1;
    bits = chunks[word]!;
  }
  return word * 32 + 31 - Math.clz32(bits);
}
