import { readU32 } from '@fabrica/core/store';

/*
 * A page of a list is stored as it is read: newest item first, so that any run of its items is one piece of it.
 * Version, length of the list when it was written, then for each item, oldest first, the bytes from its beginning
 * to the end of the page (16 bits: they stay true when an item is put in front), then the items.
 */
const VERSION = 1;
const HEADER_BYTES = 5;
const REACH_BYTES = 2;
const MAX_REACH = 0xffff;

/** The length of the list that a head says it is the head of; 0 if there is none. */
export function lengthOf(head: Uint8Array | null): number {
  if (head === null) return 0;
  if (head[0] !== VERSION) throw new Error(`No reader for stored version ${head[0]}`);
  return readU32(head, 1);
}

/** The page with `item` in front of the `held` items of `page`. */
export function withItem(
  page: Uint8Array | null,
  held: number,
  length: number,
  item: Uint8Array,
): Uint8Array {
  const oldStart = HEADER_BYTES + held * REACH_BYTES;
  const newStart = oldStart + REACH_BYTES;
  const heldBytes = page === null ? 0 : page.length - oldStart;
  const reach = heldBytes + item.length;
  if (reach > MAX_REACH) throw new RangeError(`A page of ${reach} bytes is too large`);

  const grown = new Uint8Array(newStart + reach);
  const view = viewOf(grown);
  if (page !== null) {
    grown.set(page.subarray(0, oldStart));
    grown.set(page.subarray(oldStart), newStart + item.length);
  }
  grown[0] = VERSION;
  view.setUint32(1, length);
  view.setUint16(oldStart, reach);
  grown.set(item, newStart);
  return grown;
}

/** The items `from` to `to` - 1 of a page (0 is its oldest): one piece, newest first. */
export function run(page: Uint8Array, from: number, to: number): Uint8Array {
  return page.subarray(page.length - reachOf(page, to), page.length - reachOf(page, from));
}

/** Bytes of the item at a place of a page (0 is its oldest). */
export function itemBytes(page: Uint8Array, at: number): number {
  return reachOf(page, at + 1) - reachOf(page, at);
}

/** A page of `held` items with those `from` to `to` - 1 cut to their first `bytes` bytes. */
export function withShortened(
  page: Uint8Array,
  held: number,
  { from, to, bytes }: { readonly from: number; readonly to: number; readonly bytes: number },
): Uint8Array {
  const start = HEADER_BYTES + held * REACH_BYTES;
  const items = Array.from({ length: held }, (_, at) => {
    const item = run(page, at, at + 1);
    return at >= from && at < to ? item.subarray(0, bytes) : item;
  });
  const shortened = new Uint8Array(start + items.reduce((sum, { length }) => sum + length, 0));
  shortened.set(page.subarray(0, HEADER_BYTES));
  const view = viewOf(shortened);
  let reach = 0;
  for (const [at, item] of items.entries()) {
    reach += item.length;
    view.setUint16(HEADER_BYTES + at * REACH_BYTES, reach);
    shortened.set(item, shortened.length - reach);
  }
  return shortened;
}

/** Bytes from the beginning of the newest of a page's oldest `items` items to the page's end. */
function reachOf(page: Uint8Array, items: number): number {
  if (items === 0) return 0;
  const at = HEADER_BYTES + (items - 1) * REACH_BYTES;
  return (page[at]! << 8) | page[at + 1]!;
}

function viewOf(page: Uint8Array): DataView {
  return new DataView(page.buffer, page.byteOffset);
}
