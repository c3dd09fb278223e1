/** A tally of store reads, shared by everything one query opens. One read is about 80,000 instructions. */
export interface Reads {
  used: number;
}

/** A set of numbers opened for one query, read downwards chunk by chunk. */
export interface Members {
  /** The highest chunk at or below `chunk` that may have members, or -1. */
  chunkAtOrBelow(chunk: number): number;
  /** The members of `chunk`, as answered by {@link chunkAtOrBelow}. */
  open(chunk: number): ChunkWords;
}

/** Something that can be queried. Nothing is read before a query opens it. */
export type MemberSource = (reads: Reads) => Members;

/** A set with no members. */
export const NO_MEMBERS: Members = { chunkAtOrBelow: () => -1, open: () => NO_WORDS };

/**
 * The members of one chunk as 256 words of 32 numbers, read downwards: no call may ask for a higher index
 * than the one before. Every step of a query passes here, so its classes have plain fields, and one call
 * does what it can: a call or a private field costs two thousand instructions.
 */
export abstract class ChunkWords {
  /** About how many members there are: the lightest side of an intersection leads. 0 only when empty. */
  abstract readonly weight: number;
  /** The word reached by {@link next}; -1 at the end. */
  index = Number.MAX_SAFE_INTEGER;
  /** Its members: bit `i` stands for the chunk's number `32 index + i`. */
  bits = 0;

  /** Goes to the highest word at or below `index` that has members, and answers its index; -1 for none. */
  abstract next(index: number): number;

  /** The members in word `index`. */
  word(index: number): number {
    if (this.index > index) this.next(index);
    return this.index === index ? this.bits : 0;
  }
}

class NoWords extends ChunkWords {
  readonly weight = 0;

  next(): number {
    this.index = -1;
    return -1;
  }
}

/** A chunk with no members. */
export const NO_WORDS: ChunkWords = new NoWords();
