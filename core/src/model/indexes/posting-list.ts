import { VERSION } from './stored.ts';

/**
 * A descending list of numbers as a stored value: `version u8 | form u8 | count u16 | elements`.
 * The elements are u32 in a small set's root and u16 in a sparse page.
 */
export const LIST = 0;

/** Bytes before the first element; a multiple of four, so that elements are aligned. */
export const HEADER = 4;

/** The elements of a list value as u32, over its own bytes. */
export function longElements(value: Uint8Array): Uint32Array {
  return new Uint32Array(value.buffer, value.byteOffset + HEADER, (value.length - HEADER) >>> 2);
}

/** The elements of a list value as u16, over its own bytes. */
export function shortElements(value: Uint8Array): Uint16Array {
  return new Uint16Array(value.buffer, value.byteOffset + HEADER, (value.length - HEADER) >>> 1);
}

/** How many numbers a stored list or bitmap holds. */
export function countOf(value: Uint8Array): number {
  return value[2]! | (value[3]! << 8);
}

/** A list value of `elements`, which must be descending. */
export function listValue(elements: Uint16Array | Uint32Array): Uint8Array {
  const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  const value = withHeader(new Uint8Array(HEADER + bytes.length), elements.length);
  value.set(bytes, HEADER);
  return value;
}

/** A copy of the list `value` with `width` empty bytes opened for an element at `position`. */
export function widened(value: Uint8Array, position: number, width: 2 | 4): Uint8Array {
  const at = HEADER + position * width;
  const next = new Uint8Array(value.length + width);
  next.set(value.subarray(0, at));
  next.set(value.subarray(at), at + width);
  return withHeader(next, countOf(value) + 1);
}

/** A copy of the list `value` without the element at `position`. */
export function narrowed(value: Uint8Array, position: number, width: 2 | 4): Uint8Array {
  const at = HEADER + position * width;
  const next = new Uint8Array(value.length - width);
  next.set(value.subarray(0, at));
  next.set(value.subarray(at + width), at);
  return withHeader(next, countOf(value) - 1);
}

function withHeader(value: Uint8Array, count: number): Uint8Array {
  value[0] = VERSION;
  value[1] = LIST;
  value[2] = count;
  value[3] = count >>> 8;
  return value;
}
