import { concat } from '@fabrica/core/store';
import { bodyOf } from './book.ts';
import type { Index } from './indexes.ts';
import type { Log } from './log.ts';
import type { ListPage } from './paged-lists.ts';

/**
 * Finds entries by reading the log backwards. For what most entries are: a list of them would be nearly
 * the log again, and cost 0.3 M instructions an append.
 *
 * A page looks at `limit` entries and holds those that fit, so it may hold fewer than asked for, or
 * none, and still have a `next`. Positions are numbers of entries.
 */
export class ScanIndex<Entry> implements Index<Entry> {
  readonly #log: Log;
  readonly #decode: (body: Uint8Array) => Entry;
  readonly #fits: (entry: Entry) => boolean;

  constructor(log: Log, decode: (body: Uint8Array) => Entry, fits: (entry: Entry) => boolean) {
    this.#log = log;
    this.#decode = decode;
    this.#fits = fits;
  }

  add(): void {
    // The log itself is all that is read.
  }

  page(_key: Uint8Array, before: number | null, limit: number): ListPage {
    const { length } = this.#log;
    const end = Math.min(before ?? length, length);
    const start = Math.max(0, end - limit);
    const bodies: Uint8Array[] = [];
    for (let id = end - 1; id >= start; id -= 1) {
      const body = bodyOf(this.#log.at(id));
      if (this.#fits(this.#decode(body))) bodies.push(body);
    }
    return { count: bodies.length, bytes: concat(...bodies), next: start > 0 ? start : null };
  }
}
