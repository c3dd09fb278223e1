import { Table, u32, type ByteStore } from '@fabrica/core/store';

import type { Ballot } from '../../schemas/proposals.ts';
import { ballotCodec } from './ballot-codec.ts';

/**
 * Ballots by number. The last one is kept on the heap: an execution reads the same one at each of its steps.
 * Heap and stable memory roll back together, so the copy is never stale.
 */
export class Ballots {
  readonly #table: Table<Ballot>;
  #last: { readonly id: number; readonly ballot: Ballot } | undefined;

  constructor(space: ByteStore) {
    this.#table = new Table(space, ballotCodec);
  }

  /** The ballot as it was written last, or `null`. */
  get(id: number): Ballot | null {
    if (this.#last?.id === id) return this.#last.ballot;
    const ballot = this.#table.get(u32(id));
    if (ballot !== null) this.#last = { id, ballot };
    return ballot;
  }

  set(id: number, ballot: Ballot): void {
    this.#table.set(u32(id), ballot);
    this.#last = { id, ballot };
  }
}
