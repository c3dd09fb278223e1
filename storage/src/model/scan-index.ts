import { readU32, u32 } from '@fabrica/core/store';
import { bodyOf } from './entry-bytes.ts';
import type { Found, Index, Leaving } from './indexes.ts';
import type { Log } from './log.ts';
import type { PagedLists } from './paged-lists.ts';

const NUMBER_BYTES = 4;

/**
 * Finds entries by reading the log backwards. For what most entries are: a list of them would cost 0.3 M
 * instructions an append. Of entries that leave for an archive it makes that list.
 *
 * A page looks at `limit` entries and holds those that fit, so it may hold fewer than asked for, or
 * none, and still have a `next`. Positions are numbers of entries.
 */
export class ScanIndex<Entry> implements Index<Entry> {
  readonly #log: Log;
  readonly #decode: (body: Uint8Array) => Entry;
  readonly #fits: (entry: Entry) => boolean;
  readonly #archived: PagedLists;

  /** @param archived takes the numbers of those that leave. */
  constructor(
    log: Log,
    decode: (body: Uint8Array) => Entry,
    fits: (entry: Entry) => boolean,
    archived: PagedLists,
  ) {
    this.#log = log;
    this.#decode = decode;
    this.#fits = fits;
    this.#archived = archived;
  }

  add(): void {
    // The log itself is all that is read.
  }

  page(_key: Uint8Array, before: number | null, limit: number): Found {
    const { first, length } = this.#log;
    const end = Math.min(before ?? length, length);
    if (end <= first) return this.#archivedPage(end, limit);
    const start = Math.max(first, end - limit);
    const runs: Uint8Array[] = [];
    for (let id = end - 1; id >= start; id -= 1) {
      const body = bodyOf(this.#log.at(id));
      if (this.#fits(this.#decode(body))) runs.push(body);
    }
    const next = start > 0 ? start : null;
    return { count: runs.length, runs, archived: [], next };
  }

  release(leaving: readonly Leaving<Entry>[]): void {
    for (const { id, entry } of leaving) {
      if (this.#fits(entry)) this.#archived.append(ALL, u32(id));
    }
  }

  #archivedPage(before: number, limit: number): Found {
    const { bytes, next } = this.#archived.page(ALL, this.#listedBefore(before), limit);
    const archived: number[] = [];
    for (let at = 0; at < bytes.length; at += NUMBER_BYTES) archived.push(readU32(bytes, at));
    const oldest = archived.at(-1) ?? 0;
    return { count: 0, runs: [], archived, next: next === null ? null : oldest };
  }

  /** How many of the archived numbers are smaller than `id`; they ascend. */
  #listedBefore(id: number): number {
    let low = 0;
    let high = this.#archived.length(ALL);
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      const { bytes } = this.#archived.page(ALL, middle + 1, 1);
      if (readU32(bytes) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The only list there is. */
const ALL = new Uint8Array();
