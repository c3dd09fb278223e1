import { ShelfPage } from './shelf-page.ts';
import type { ShelfPages } from './shelf-pages.ts';

/**
 * Rows of the front. Every add writes it, at about 33 instructions a byte, so it is small: when it has more
 * than this it moves all but its newest row into the main page, which costs as much as five adds. With rows of
 * 110 to 170 bytes an add costs least so, on average.
 */
export const FRONT_ROWS = 16;
const FRONT_BYTES = 3_072;

/**
 * Rows of a main page before its oldest become a leaf, and those it keeps: with the front's, of which there is
 * one at least, they fill a reader's page of 50. To read a value costs as much as its length and its neighbours',
 * so the page that every reader reads has no more.
 */
const MAIN_ROWS = 75;
const MAIN_KEPT = 50;

/** Rows of a leaf: a full one splits in half. */
export const PAGE_ROWS = 98;
const PAGE_BYTES = 16_384;

/** A page with fewer rows than this, and fewer bytes than a quarter page, looks for an older one to join. */
const SMALL_ROWS = 16;
const SMALL_BYTES = PAGE_BYTES / 4;

/** Two pages join to one of at most this, which leaves room before it splits again. */
const JOINED_ROWS = 75;
const JOINED_BYTES = SMALL_BYTES * 3;

/** A page of a shelf, and what it is there. */
export interface Place {
  readonly front: ShelfPage;
  /** The page, empty when it is not stored yet. */
  readonly page: ShelfPage;
  readonly kind: 'front' | 'main' | 'leaf' | 'new leaf';
}

/** Writes `page`, which stands at `place`; spills or splits it when it is full. */
export function savePage(pages: ShelfPages, key: Uint8Array, place: Place, page: ShelfPage): void {
  if (place.kind === 'front') {
    if (page.count > FRONT_ROWS || (page.bytes.length > FRONT_BYTES && page.count > 1)) {
      spill(pages, key, page);
    } else {
      pages.saveFront(key, page);
    }
  } else if (place.kind === 'main') {
    saveMain(pages, key, place.front, page);
  } else if (place.kind === 'new leaf') {
    pages.addLeaf(key, page);
  } else if (isFull(page)) {
    const [newer, older] = halves(page);
    pages.saveLeaf(key, older);
    pages.addLeaf(key, newer);
  } else {
    pages.saveLeaf(key, page);
  }
}

/**
 * Writes `page` after it lost a row: joined to the next older one when both are small, dropped when it is
 * empty. So a shelf that thins out keeps few pages.
 */
export function shrinkPage(
  pages: ShelfPages,
  key: Uint8Array,
  place: Place,
  page: ShelfPage,
): void {
  const { front, kind } = place;
  if (kind === 'front') {
    if (page.count === 0 && page.low === 0) pages.dropFront(key);
    else pages.saveFront(key, page);
    return;
  }
  const small = page.count < SMALL_ROWS && page.bytes.length < SMALL_BYTES;
  const older = small && page.low > 0 ? pages.leafBelow(key, page.low) : null;
  if (older !== null && joinable(page, older)) {
    const joined = ShelfPage.join(page, older);
    pages.dropLeaf(key, kind === 'main' ? older.low : page.low);
    if (kind === 'main') saveMain(pages, key, front, joined);
    else pages.saveLeaf(key, joined);
  } else if (page.count > 0) {
    savePage(pages, key, place, page);
  } else if (kind === 'main') {
    dropMain(pages, key, front);
  } else {
    pages.dropLeaf(key, page.low);
  }
}

/** Moves all rows of the front but the newest into the main page. */
function spill(pages: ShelfPages, key: Uint8Array, page: ShelfPage): void {
  const front = page.slice(0, 1, page.numberAt(0));
  const rows = page.slice(1, page.count, 0);
  const main = page.low === 0 ? rows : ShelfPage.join(rows, pages.main(key));
  front.under = splitMain(pages, key, main);
  pages.saveFront(key, front);
}

function saveMain(pages: ShelfPages, key: Uint8Array, front: ShelfPage, page: ShelfPage): void {
  const low = splitMain(pages, key, page);
  if (low === front.under) return;
  front.under = low;
  pages.saveFront(key, front);
}

/** Writes the main page, its oldest rows as a leaf when it is full. Its low. */
function splitMain(pages: ShelfPages, key: Uint8Array, page: ShelfPage): number {
  if (page.count <= MAIN_ROWS && !isFull(page)) {
    pages.saveMain(key, page);
    return page.low;
  }
  const [newer, older] = page.count > MAIN_ROWS ? cut(page, MAIN_KEPT) : halves(page);
  pages.saveMain(key, newer);
  pages.addLeaf(key, older);
  return newer.low;
}

/** The main page lost its last row, and no leaf is left. */
function dropMain(pages: ShelfPages, key: Uint8Array, front: ShelfPage): void {
  pages.dropMain(key);
  front.low = 0;
  front.under = 0;
  if (front.count === 0) pages.dropFront(key);
  else pages.saveFront(key, front);
}

function halves(page: ShelfPage): [newer: ShelfPage, older: ShelfPage] {
  return cut(page, (page.count + 1) >>> 1);
}

function cut(page: ShelfPage, kept: number): [newer: ShelfPage, older: ShelfPage] {
  const newer = page.slice(0, kept, page.numberAt(kept - 1));
  return [newer, page.slice(kept, page.count, page.low)];
}

function isFull(page: ShelfPage): boolean {
  return page.count > PAGE_ROWS || (page.bytes.length > PAGE_BYTES && page.count > 1);
}

function joinable(page: ShelfPage, older: ShelfPage): boolean {
  if (page.count === 0) return true;
  const bytes = page.bytes.length + older.bytes.length;
  return page.count + older.count <= JOINED_ROWS && bytes <= JOINED_BYTES;
}
