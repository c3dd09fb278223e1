import { BITMAP, bitmapOf, clearBit, emptyBitmap, hasBit, setBit } from './bitmap.ts';
import { firstBelow } from './numbers.ts';
import { countOf, listValue, narrowed, shortElements, widened } from './posting-list.ts';

/** A sparse page becomes a bitmap beyond this many numbers; it stays one until it is empty. */
export const SPARSE_MAX = 256;

/** A page of these numbers, descending. An offset counts from the page's first number, 0 to 8,191. */
export function pageOf(...offsets: readonly number[]): Uint8Array {
  if (offsets.length <= SPARSE_MAX) return listValue(Uint16Array.from(offsets));
  return bitmapFrom(offsets);
}

/** Whether `offset` is in the page. */
export function pageHas(page: Uint8Array, offset: number): boolean {
  if (page[1] === BITMAP) return hasBit(bitmapOf(page), offset);
  const elements = shortElements(page);
  return elements[firstBelow(elements, offset + 1)] === offset;
}

/** The page with `offset` added (a bitmap is changed in place), or `null` when it was there. */
export function pageWith(page: Uint8Array, offset: number): Uint8Array | null {
  if (page[1] === BITMAP) {
    const map = bitmapOf(page);
    if (hasBit(map, offset)) return null;
    setBit(map, offset);
    return page;
  }
  const elements = shortElements(page);
  const position = firstBelow(elements, offset + 1);
  if (elements[position] === offset) return null;
  if (elements.length === SPARSE_MAX) return bitmapFrom([...elements, offset]);
  const next = widened(page, position, 2);
  shortElements(next)[position] = offset;
  return next;
}

/**
 * The page without `offset` (a bitmap is changed in place): `null` when it was not there, a page whose
 * count is 0 when it was the last.
 */
export function pageWithout(page: Uint8Array, offset: number): Uint8Array | null {
  if (page[1] === BITMAP) {
    const map = bitmapOf(page);
    if (!hasBit(map, offset)) return null;
    clearBit(map, offset);
    return page;
  }
  const elements = shortElements(page);
  const position = firstBelow(elements, offset + 1);
  return elements[position] === offset ? narrowed(page, position, 2) : null;
}

/** How many numbers the page holds. */
export const pageCount = countOf;

function bitmapFrom(offsets: readonly number[]): Uint8Array {
  const page = emptyBitmap();
  const map = bitmapOf(page);
  for (const offset of offsets) setBit(map, offset);
  return page;
}
