import { concat, readU32, u32 } from '@fabrica/core/store';

/** Entries in one page: what a storage takes in one batch. */
export const PAGE_ENTRIES = 50;

const VERSION = 1;
/** Version byte, count, and the end of each entry. */
const HEADER = 1 + 4 + PAGE_ENTRIES * 4;

/**
 * A page of an outbox as it is stored: entries one after the other, and a table of where each ends. So adding one is a
 * single stable write, and any run of entries is one piece of bytes, ready to be sent.
 */
export type Page = Uint8Array;

/** A page without entries. */
export function emptyPage(): Page {
  const page = new Uint8Array(HEADER);
  page[0] = VERSION;
  return page;
}

/** How many entries the page holds. @throws Error on a version that no release wrote. */
export function countOf(page: Page): number {
  if (page[0] !== VERSION) throw new Error(`No reader for stored version ${page[0]}`);
  return readU32(page, 1);
}

/** The page with one entry more; it must not be full. */
export function withEntry(page: Page, entry: Uint8Array): Page {
  const count = countOf(page);
  const next = concat(page, entry);
  next.set(u32(count + 1), 1);
  next.set(u32(page.length + entry.length), 5 + count * 4);
  return next;
}

/** The bytes of the entries from number `from` to the last. */
export function entriesFrom(page: Page, from: number): Uint8Array {
  return page.subarray(from === 0 ? HEADER : readU32(page, 1 + from * 4));
}
