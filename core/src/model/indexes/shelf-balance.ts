import { PAGE_BYTES, ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/** A page with fewer rows than this, and fewer bytes than a quarter page, looks for an older one to join. */
const SMALL_ROWS = 16;
const SMALL_BYTES = PAGE_BYTES / 4;

/** Two pages join to one of at most this, which leaves room before it splits again. */
const JOINED_ROWS = 75;
const JOINED_BYTES = SMALL_BYTES * 3;

/** A page of a shelf, and what it is there. */
export interface Place {
  /** The page, empty when it is not stored yet. */
  readonly page: ShelfPage;
  readonly kind: 'head' | 'leaf' | 'new leaf';
}

/** Writes `page`, which stands at `place`, and splits it when it is full. One set; a split is a get and 2 sets more. */
export function savePage(pages: ShelfPages, key: Uint8Array, place: Place, page: ShelfPage): void {
  if (page.full) split(pages, key, place, page);
  else if (place.kind === 'head') pages.saveHead(key, page);
  else if (place.kind === 'leaf') pages.saveLeaf(key, page);
  else pages.addLeaf(key, page);
}

/**
 * Writes `page` after it lost a row: joined to the next older one when both are small (2 gets, a set and
 * 1 or 2 deletes more), dropped when it is empty. So a shelf that thins out keeps few pages.
 */
export function shrinkPage(
  pages: ShelfPages,
  key: Uint8Array,
  place: Place,
  page: ShelfPage,
): void {
  const isHead = place.kind === 'head';
  const small = page.count < SMALL_ROWS && page.bytes.length < SMALL_BYTES;
  const older = small && page.low > 0 ? pages.leafBelow(key, page.low) : null;
  if (older !== null && joinable(page, older)) {
    const joined = ShelfPage.join(page, older);
    pages.dropLeaf(key, isHead ? older.low : page.low);
    if (isHead) pages.saveHead(key, joined);
    else pages.saveLeaf(key, joined);
  } else if (page.count > 0) {
    savePage(pages, key, place, page);
  } else if (isHead) {
    pages.dropHead(key);
  } else {
    pages.dropLeaf(key, page.low);
  }
}

/** The newer half of a head stays the head; the older half of a leaf stays under its low. */
function split(pages: ShelfPages, key: Uint8Array, place: Place, page: ShelfPage): void {
  const middle = (page.count + 1) >>> 1;
  const newer = page.slice(0, middle, page.numberAt(middle - 1));
  const older = page.slice(middle, page.count, page.low);
  if (place.kind === 'head') {
    pages.saveHead(key, newer);
    pages.addLeaf(key, older);
  } else {
    pages.saveLeaf(key, older);
    pages.addLeaf(key, newer);
  }
}

function joinable(page: ShelfPage, older: ShelfPage): boolean {
  if (page.count === 0) return true;
  const bytes = page.bytes.length + older.bytes.length;
  return page.count + older.count <= JOINED_ROWS && bytes <= JOINED_BYTES;
}
