import { BITMAP, bitmapOf, CHUNK, wordAt, wordAtOrBelow, type Bitmap } from './bitmap.ts';
import type { ChunkWords, Members } from './members.ts';
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

class ListWords implements ChunkWords {
  readonly #list: Uint16Array | Uint32Array;
  readonly #base: number;
  #position: number;

  constructor(list: Uint16Array | Uint32Array, position: number, base: number) {
    this.#list = list;
    this.#position = position;
    this.#base = base;
  }

  get weight(): number {
    return this.#list.length - this.#position;
  }

  wordAtOrBelow(index: number): number {
    const offset = this.#skip(index);
    return offset < 0 ? -1 : offset >>> 5;
  }

  word(index: number): number {
    let word = 0;
    let offset = this.#skip(index);
    while (offset >= 0 && offset >>> 5 === index) {
      word |= 1 << (offset & 31);
      this.#position += 1;
      offset = this.#offset();
    }
    return word;
  }

  /** Moves to the first member in word `index` or below; its offset in the chunk, negative when past it. */
  #skip(index: number): number {
    let offset = this.#offset();
    while (offset >>> 5 > index && offset >= 0) {
      this.#position += 1;
      offset = this.#offset();
    }
    return offset;
  }

  #offset(): number {
    return (this.#list[this.#position] ?? -1) - this.#base;
  }
}

class BitmapWords implements ChunkWords {
  readonly #map: Bitmap;
  readonly weight: number;

  constructor(map: Bitmap) {
    this.#map = map;
    this.weight = map[0]! >>> 16;
  }

  wordAtOrBelow(index: number): number {
    return wordAtOrBelow(this.#map, index);
  }

  word(index: number): number {
    return wordAt(this.#map, index);
  }
}
