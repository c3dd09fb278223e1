import { bodyDecoder, bodyEncoder } from '@fabrica/core/candid';
import { binary, concat } from '@fabrica/core/store';

import { RelatedContract } from './report.ts';

/** Rows in one page, at most: kept under 4 KB, which is what {@link findRow} searches natively. */
export const PAGE_ROWS = 30;

const VERSION = 1;
/** Version, count, number of older pages. */
const HEAD = 4;
/** Factory's place, roles, end of the row. */
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

/** The bytes of the rows `from` to before `to`. */
export function rowBytes(page: RelatedPage, from: number, to: number): Uint8Array {
  const start = HEAD + rowsOf(page) * ENTRY;
  return page.subarray(start + startOf(page, from), start + startOf(page, to));
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
  const before = decodeRow(rowBytes(page, row, row + 1));
  return spliced(page, row, 1, placeAt(page, row), { ...before, ...change });
}

/** The row of a contract, or -1. One native search: a loop over the rows would cost thirty times more. */
export function findRow(page: RelatedPage, contract: Uint8Array): number {
  const count = rowsOf(page);
  const rows = binary(rowBytes(page, 0, count));
  const wanted = binary(concat(Uint8Array.of(1, contract.length), contract));
  for (let at = rows.indexOf(wanted); at !== -1; at = rows.indexOf(wanted, at + 1)) {
    let row = 0;
    while (startOf(page, row + 1) <= at) row += 1;
    // A name may hold the same bytes.
    if (binary(decodeRow(rowBytes(page, row, row + 1)).contract) === binary(contract)) return row;
  }
  return -1;
}

/** Replaces `removed` rows from `row` on by one. */
function spliced(
  page: RelatedPage,
  row: number,
  removed: number,
  place: number,
  content: RelatedContract,
): RelatedPage {
  const count = rowsOf(page);
  const bytes = encodeRow(content);
  const head = concat(
    page.subarray(0, HEAD + row * ENTRY),
    new Uint8Array(ENTRY),
    page.subarray(HEAD + (row + removed) * ENTRY, HEAD + count * ENTRY),
  );
  const grown = bytes.length - rowBytes(page, row, row + removed).length;
  head[1] = count + 1 - removed;
  const entry = HEAD + row * ENTRY;
  head[entry] = place;
  head[entry + 1] = content.roles;
  setEnd(head, row, startOf(page, row) + bytes.length);
  for (let later = row + 1; later < head[1]; later += 1)
    setEnd(head, later, endAt(head, later) + grown);
  const rest = rowBytes(page, row + removed, count);
  return concat(head, rowBytes(page, 0, row), bytes, rest);
}

function startOf(page: Uint8Array, row: number): number {
  return row === 0 ? 0 : endAt(page, row - 1);
}

function endAt(page: Uint8Array, row: number): number {
  const at = HEAD + row * ENTRY + 2;
  return page[at]! * 256 + page[at + 1]!;
}

function setEnd(page: Uint8Array, row: number, end: number): void {
  const at = HEAD + row * ENTRY + 2;
  page[at] = end >>> 8;
  page[at + 1] = end;
}
