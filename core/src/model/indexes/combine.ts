import { NO_WORDS, type ChunkWords, type MemberSource } from './members.ts';

/** The most sources one combination takes. */
export const MAX_SOURCES = 16;

/** Numbers in every source. Chunks absent from any source are never read. At most 16 sources. */
export function allOf(...sources: readonly MemberSource[]): MemberSource {
  requireSources(sources);
  return (reads) => {
    const sets = sources.map((source) => source(reads));
    return {
      chunkAtOrBelow(from) {
        let chunk = from;
        for (;;) {
          let lowest = chunk;
          for (const set of sets) {
            lowest = set.chunkAtOrBelow(lowest);
            if (lowest < 0) return -1;
          }
          if (lowest === chunk) return chunk;
          chunk = lowest;
        }
      },
      open(chunk) {
        const parts: ChunkWords[] = [];
        for (const set of sets) {
          const part = set.open(chunk);
          if (part.weight === 0) return NO_WORDS;
          if (parts.length > 0 && part.weight < parts[0]!.weight) parts.unshift(part);
          else parts.push(part);
        }
        return everyOf(parts);
      },
    };
  };
}

/** Numbers in any source. At most 16 sources. */
export function anyOf(...sources: readonly MemberSource[]): MemberSource {
  requireSources(sources);
  return (reads) => {
    const sets = sources.map((source) => source(reads));
    return {
      chunkAtOrBelow: (from) => highest(sets, (set) => set.chunkAtOrBelow(from)),
      open(chunk) {
        const present = sets.filter((set) => set.chunkAtOrBelow(chunk) === chunk);
        return someOf(present.map((set) => set.open(chunk)));
      },
    };
  };
}

/** Numbers of `base` that are not in `excluded`. */
export function except(base: MemberSource, excluded: MemberSource): MemberSource {
  return (reads) => {
    const kept = base(reads);
    const dropped = excluded(reads);
    return {
      chunkAtOrBelow: (from) => kept.chunkAtOrBelow(from),
      open(chunk) {
        const words = kept.open(chunk);
        if (words.weight === 0 || dropped.chunkAtOrBelow(chunk) !== chunk) return words;
        return difference(words, dropped.open(chunk));
      },
    };
  };
}

/** The first part leads: it is the lightest, and the others are only asked about its words. */
function everyOf(parts: readonly ChunkWords[]): ChunkWords {
  const lead = parts[0]!;
  return {
    weight: lead.weight,
    wordAtOrBelow: (index) => lead.wordAtOrBelow(index),
    word(index) {
      let word = lead.word(index);
      for (let i = 1; i < parts.length && word !== 0; i += 1) word &= parts[i]!.word(index);
      return word;
    },
  };
}

function someOf(parts: readonly ChunkWords[]): ChunkWords {
  return {
    weight: parts.reduce((sum, part) => sum + part.weight, 0),
    wordAtOrBelow: (index) => highest(parts, (part) => part.wordAtOrBelow(index)),
    word: (index) => parts.reduce((word, part) => word | part.word(index), 0),
  };
}

function difference(kept: ChunkWords, dropped: ChunkWords): ChunkWords {
  return {
    weight: kept.weight,
    wordAtOrBelow: (index) => kept.wordAtOrBelow(index),
    word(index) {
      const word = kept.word(index);
      return word === 0 ? 0 : word & ~dropped.word(index);
    },
  };
}

function highest<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((best, item) => Math.max(best, of(item)), -1);
}

function requireSources(sources: readonly MemberSource[]): void {
  if (sources.length < 1 || sources.length > MAX_SOURCES) {
    throw new RangeError(`${sources.length} sources to combine; 1 to ${MAX_SOURCES} are allowed`);
  }
}
