import { BITMAP, BitmapWords, bitmapOf, CHUNK } from './bitmap.ts';
import { ChunkWords, type Members } from './members.ts';
import { firstBelow } from './numbers.ts';
import { shortElements } from './posting-list.ts';

/** The words of a stored page, sparse or bitmap. */
export function wordsOfPage(page: Uint8Array): ChunkWords {
  if (page[1] === BITMAP) return new BitmapWords(bitmapOf(page));
  return new ListWords(shortElements(page), 0, 0);
}

/** A small set: one descending list over all chunks. */
export class ListMembers implements Members {
  readonly #numbers: Uint32Array;

  constructor(numbers: Uint32Array) {
    this.#numbers = numbers;
  }

  chunkAtOrBelow(chunk: number): number {
    const first = this.#numbers[firstBelow(this.#numbers, (chunk + 1) * CHUNK)];
    return first === undefined ? -1 : Math.floor(first / CHUNK);
  }

  open(chunk: number): ChunkWords {
    const base = chunk * CHUNK;
    return new ListWords(this.#numbers, firstBelow(this.#numbers, base + CHUNK), base);
  }
}

class ListWords extends ChunkWords {
  private readonly list: Uint16Array | Uint32Array;
  private readonly base: number;
  private position: number;

  constructor(list: Uint16Array | Uint32Array, position: number, base: number) {
    super();
    this.list = list;
    this.position = position;
    this.base = base;
  }

  get weight(): number {
    return this.list.length - this.position;
  }

  next(index: number): number {
    const { list, base } = this;
    const bound = base + index * 32 + 32;
    let position = this.position;
    while (position < list.length && list[position]! >= bound) position += 1;
    const offset = (list[position] ?? -1) - base;
    this.index = offset < 0 ? -1 : offset >>> 5;
    this.bits = 0;
    if (offset >= 0) {
      const start = base + this.index * 32;
      while (position < list.length && list[position]! >= start) {
        this.bits |= 1 << (list[position]! - start);
        position += 1;
      }
    }
    this.position = position;
    return this.index;
  }
}
