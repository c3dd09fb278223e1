import { bodyDecoder, bodyEncoder } from '@fabrica/core/candid';
import { binary, concat } from '@fabrica/core/store';

import { RelatedContract } from './report.ts';

/** Rows in one page, at most: kept under 4 KB, which is what {@link findRow} searches natively. */
export const PAGE_ROWS = 30;

const VERSION = 1;
/** Version, count, number of older pages. */
const HEAD = 4;
/** Factory's place, roles, length of the row. Lengths, not ends: a new row leaves the others' as they are. */
const ENTRY = 4;

const encodeRow = bodyEncoder(RelatedContract);
const decodeRow = bodyDecoder(RelatedContract);

/**
 * A page of a user's contracts as it is stored: finished Candid rows, the newest first, behind a table of what is
 * filtered by. So a page of an answer is a piece of this one.
 */
export type RelatedPage = Uint8Array;

/** A page without rows, after `older` full ones. */
export function emptyPage(older: number): RelatedPage {
  return Uint8Array.of(VERSION, 0, older >>> 8, older);
}

/** How many rows the page holds. @throws Error on a version that no release wrote. */
export function rowsOf(page: RelatedPage): number {
  if (page[0] !== VERSION) throw new Error(`No reader for stored version ${page[0]}`);
  return page[1]!;
}

/** How many full pages are older than this one. */
export function olderThan(page: RelatedPage): number {
  return page[2]! * 256 + page[3]!;
}

/** The place of a row's factory among the registered ones. */
export function placeAt(page: RelatedPage, row: number): number {
  return page[HEAD + row * ENTRY]!;
}

/** The bits of a row's roles; 0 for one that is past. */
export function rolesAt(page: RelatedPage, row: number): number {
  return page[HEAD + row * ENTRY + 1]!;
}

/** How many bytes a row has. */
export function lengthAt(page: RelatedPage, row: number): number {
  const at = HEAD + row * ENTRY + 2;
  return page[at]! * 256 + page[at + 1]!;
}

/** The bytes of all rows. */
export function allRows(page: RelatedPage): Uint8Array {
  return page.subarray(HEAD + rowsOf(page) * ENTRY);
}

/** The page with one row more, as its newest; it must not be full. */
export function withRow(page: RelatedPage, place: number, row: RelatedContract): RelatedPage {
  return spliced(page, 0, 0, place, row);
}

/** The page with other roles, and the name, in a row it has. */
export function withRoles(
  page: RelatedPage,
  row: number,
  change: Pick<RelatedContract, 'roles' | 'name' | 'since'>,
): RelatedPage {
  return spliced(page, row, 1, placeAt(page, row), { ...rowAt(page, row), ...change });
}

/** The row of a contract, or -1. One native search: a loop over the rows would cost thirty times more. */
export function findRow(page: RelatedPage, contract: Uint8Array): number {
  const rows = binary(allRows(page));
  const wanted = binary(concat(Uint8Array.of(1, contract.length), contract));
  for (let at = rows.indexOf(wanted); at !== -1; at = rows.indexOf(wanted, at + 1)) {
    let row = 0;
    for (let end = lengthAt(page, 0); end <= at; end += lengthAt(page, row)) row += 1;
    // A name may hold the same bytes.
    if (binary(rowAt(page, row).contract) === binary(contract)) return row;
  }
  return -1;
}

function rowAt(page: RelatedPage, row: number): RelatedContract {
  const start = startOf(page, row);
  return decodeRow(allRows(page).subarray(start, start + lengthAt(page, row)));
}

/** Replaces `removed` rows, 0 or 1, at `row` by one. */
function spliced(
  page: RelatedPage,
  row: number,
  removed: 0 | 1,
  place: number,
  content: RelatedContract,
): RelatedPage {
  const bytes = encodeRow(content);
  const count = rowsOf(page);
  const start = startOf(page, row);
  const end = removed === 0 ? start : start + lengthAt(page, row);
  const rows = allRows(page);
  const entry = HEAD + row * ENTRY;
  const next = concat(
    page.subarray(0, entry),
    Uint8Array.of(place, content.roles, bytes.length >>> 8, bytes.length),
    page.subarray(entry + removed * ENTRY, HEAD + count * ENTRY),
    rows.subarray(0, start),
    bytes,
    rows.subarray(end),
  );
  next[1] = count + 1 - removed;
  return next;
}

function startOf(page: RelatedPage, row: number): number {
  let start = 0;
  for (let before = 0; before < row; before += 1) start += lengthAt(page, before);
  return start;
}
