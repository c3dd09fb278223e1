/** A tally of store reads, shared by everything one query opens. One read is about 60,000 instructions. */
export interface Reads {
  used: number;
}

/**
 * The members of one chunk as 1,024 words of 32 numbers, read downwards: no call may ask for a higher index
 * than the one before, and a word is asked for at most once.
 */
export interface ChunkWords {
  /** About how many members there are: the lightest side of an intersection leads. 0 only when empty. */
  readonly weight: number;
  /** The highest word at or below `index` that may not be zero, or -1. */
  wordAtOrBelow(index: number): number;
  /** Word `index`: bit `i` stands for the chunk's number `32 index + i`. */
  word(index: number): number;
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

/** A chunk with no members. */
export const NO_WORDS: ChunkWords = { weight: 0, wordAtOrBelow: () => -1, word: () => 0 };

/** A set with no members. */
export const NO_MEMBERS: Members = { chunkAtOrBelow: () => -1, open: () => NO_WORDS };
