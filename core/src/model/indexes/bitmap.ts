import { ChunkWords } from './members.ts';
import { VERSION } from './stored.ts';

/**
 * Numbers covered by one page: 1 KiB as a bitmap. Writing a stored value costs about 33 instructions a byte
 * (the stable map rewrites the value's whole node), so a page of 4 KiB would cost half as much again.
 */
export const CHUNK = 8_192;

/** The form byte of a bitmap page. */
export const BITMAP = 1;

/** Words of 32 numbers in one page. */
const WORDS = CHUNK / 32;

/** Index of the first summary word, and of the first bitmap word, in a page seen as u32. */
const SUMMARY = 1;
const BITS = SUMMARY + WORDS / 32;

/**
 * A dense page, seen as u32: `version u8, form u8, count u16 | summary 8 words | bits 256 words`.
 * Summary bit `i` is set when word `i` is not zero: it lets a reader jump over empty stretches, where a loop
 * over all words would cost a thousand instructions a word.
 */
export type Bitmap = Uint32Array;

/** The bytes of a bitmap page. */
export const BITMAP_BYTES = 4 * (BITS + WORDS);

/** A new, empty bitmap page: its bytes. */
export function emptyBitmap(): Uint8Array {
  const value = new Uint8Array(BITMAP_BYTES);
  value[0] = VERSION;
  value[1] = BITMAP;
  return value;
}

/** The words of a bitmap page over its own bytes: writing to them changes the page. */
export function bitmapOf(value: Uint8Array): Bitmap {
  return new Uint32Array(value.buffer, value.byteOffset, BITS + WORDS);
}

/** Whether `offset` (0 to 8,191) is in the page. */
export function hasBit(map: Bitmap, offset: number): boolean {
  return (map[BITS + (offset >>> 5)]! & (1 << (offset & 31))) !== 0;
}

/** Adds an offset that is not in the page. */
export function setBit(map: Bitmap, offset: number): void {
  const index = offset >>> 5;
  map[BITS + index]! |= 1 << (offset & 31);
  map[SUMMARY + (index >>> 5)]! |= 1 << (index & 31);
  map[0]! += 0x1_0000; // the count is the upper half of the first word
}

/** Removes an offset that is in the page. */
export function clearBit(map: Bitmap, offset: number): void {
  const index = offset >>> 5;
  const word = map[BITS + index]! & ~(1 << (offset & 31));
  map[BITS + index] = word;
  if (word === 0) map[SUMMARY + (index >>> 5)]! &= ~(1 << (index & 31));
  map[0]! -= 0x1_0000;
}

/** The words of a bitmap page, for queries. */
export class BitmapWords extends ChunkWords {
  readonly weight: number;
  private readonly map: Bitmap;

  constructor(map: Bitmap) {
    super();
    this.map = map;
    this.weight = map[0]! >>> 16;
  }

  next(index: number): number {
    if (index < 0) return (this.index = -1);
    const { map } = this;
    let group = index >>> 5;
    let words = map[SUMMARY + group]! & upTo(index & 31);
    while (words === 0) {
      if (group === 0) return (this.index = -1);
      group -= 1;
      words = map[SUMMARY + group]!;
    }
    this.index = group * 32 + 31 - Math.clz32(words);
    this.bits = map[BITS + this.index]!;
    return this.index;
  }

  override word(index: number): number {
    return this.map[BITS + index]!;
  }
}

/** A mask of bits 0 to `bit`. */
export function upTo(bit: number): number {
  return 0xffff_ffff >>> (31 - bit);
}
