import { ChunkWords, NO_WORDS, type MemberSource } from './members.ts';

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
        const [lead, ...others] = parts;
        return others.length === 0 ? lead! : new EveryWords(lead!, others);
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
        return new SomeWords(present.map((set) => set.open(chunk)));
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
        return new RestWords(words, dropped.open(chunk));
      },
    };
  };
}

/** The lightest part leads, and the others are only asked about its words. */
class EveryWords extends ChunkWords {
  readonly weight: number;
  private readonly lead: ChunkWords;
  private readonly others: readonly ChunkWords[];

  constructor(lead: ChunkWords, others: readonly ChunkWords[]) {
    super();
    this.weight = lead.weight;
    this.lead = lead;
    this.others = others;
  }

  next(from: number): number {
    const { lead, others } = this;
    let index = lead.next(from);
    while (index >= 0) {
      let bits = lead.bits;
      for (let i = 0; i < others.length && bits !== 0; i += 1) bits &= others[i]!.word(index);
      this.bits = bits;
      if (bits !== 0) break;
      index = lead.next(index - 1);
    }
    return (this.index = index);
  }
}

class SomeWords extends ChunkWords {
  readonly weight: number;
  private readonly parts: readonly ChunkWords[];

  constructor(parts: readonly ChunkWords[]) {
    super();
    this.weight = parts.reduce((sum, part) => sum + part.weight, 0);
    this.parts = parts;
  }

  next(from: number): number {
    let index = -1;
    let bits = 0;
    for (const part of this.parts) {
      if (part.index > from) part.next(from);
      if (part.index > index) {
        index = part.index;
        bits = part.bits;
      } else if (part.index === index && index >= 0) {
        bits |= part.bits;
      }
    }
    this.bits = bits;
    return (this.index = index);
  }
}

class RestWords extends ChunkWords {
  readonly weight: number;
  private readonly kept: ChunkWords;
  private readonly dropped: ChunkWords;

  constructor(kept: ChunkWords, dropped: ChunkWords) {
    super();
    this.weight = kept.weight;
    this.kept = kept;
    this.dropped = dropped;
  }

  next(from: number): number {
    let index = this.kept.next(from);
    while (index >= 0) {
      this.bits = this.kept.bits & ~this.dropped.word(index);
      if (this.bits !== 0) break;
      index = this.kept.next(index - 1);
    }
    return (this.index = index);
  }
}

function highest<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((best, item) => Math.max(best, of(item)), -1);
}

function requireSources(sources: readonly MemberSource[]): void {
  if (sources.length < 1 || sources.length > MAX_SOURCES) {
    throw new RangeError(`${sources.length} sources to combine; 1 to ${MAX_SOURCES} are allowed`);
  }
}
