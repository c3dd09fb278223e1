/** Heap and mutable globals of a canister at one moment. Tables are not state. */
export interface HeapImage {
  readonly bytes: Uint8Array;
  readonly globals: readonly unknown[];
}

/** A heap image in pieces of 4 KiB, of which many may be shared with other canisters'. */
export interface PackedHeap {
  readonly pieces: readonly Uint8Array[];
  readonly globals: readonly unknown[];
}

/** Bytes of a piece. */
export const PIECE = 4096;
/** The piece that is all zeros, shared by all heaps. */
export const ZEROS = new Uint8Array(PIECE);

/**
 * Packs heaps of one module's canisters against the first of them. Contracts made from the same
 * code differ in few pieces, so thousands of idle ones take little more room than one.
 */
export class HeapPacker {
  #reference: readonly Uint8Array[] | null = null;

  /**
   * Cuts an image into pieces, sharing those that are known.
   * @param last The same heap as packed before: pieces that have not changed stay the same object.
   */
  pack({ bytes, globals }: HeapImage, last: PackedHeap | null = null): PackedHeap {
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < bytes.length; start += PIECE) {
      const piece = bytes.subarray(start, start + PIECE);
      const before = last?.pieces[pieces.length];
      const known = this.#reference?.[pieces.length];
      if (before && Buffer.compare(before, piece) === 0) pieces.push(before);
      else if (known && Buffer.compare(known, piece) === 0) pieces.push(known);
      else if (Buffer.compare(ZEROS, piece) === 0) pieces.push(ZEROS);
      else pieces.push(piece.slice());
    }
    this.#reference ??= pieces;
    return { pieces, globals };
  }

  /** Shares the pieces of a heap that was packed elsewhere with those to come. */
  adopt({ pieces }: PackedHeap): void {
    this.#reference ??= pieces;
  }
}

/** Puts the pieces together again. */
export function unpack({ pieces, globals }: PackedHeap): HeapImage {
  const bytes = new Uint8Array(pieces.length * PIECE);
  pieces.forEach((piece, index) => {
    if (piece !== ZEROS) bytes.set(piece, index * PIECE);
  });
  return { bytes, globals };
}
