import { c, type Infer } from '@fabrica/core/candid';
import { stored, Table, u32, type ByteStore } from '@fabrica/core/store';

import { Search } from './search.ts';

/** How far the look-up of a transfer has come. */
export const LookUp = c.record({
  /** The transfer's `created_at_time`: a look-up of another transfer of the same order begins anew. */
  createdAt: c.nat64,
  /** Where is looked, once the ledger said what it offers. */
  source: c.variant({
    Unknown: c.null,
    Blocks: c.opt(Search),
    /** Its index, and the last transaction seen. */
    Index: c.record({
      index: c.principal,
      start: c.opt(c.nat),
      /** True once the index is known to have read all blocks that matter. */
      covered: c.bool,
    }),
  }),
  /** Answers of the ledger read so far. */
  pages: c.nat32,
  /** Why the last attempt brought nothing; empty if it did. */
  failure: c.text({ max: 300 }),
});
export type LookUp = Infer<typeof LookUp>;

/** What a look-up is about. Numbers are stored: append only. */
export const SUBJECTS = { order: 0, withdrawal: 1 } as const;
export type Subject = keyof typeof SUBJECTS;

/** A look-up at its beginning. */
export function newLookUp(createdAt: bigint): LookUp {
  return { createdAt, source: { Unknown: null }, pages: 0, failure: '' };
}

/** Look-ups of transfers whose outcome is unknown, and too old for the ledger to tell by deduplication. */
export class LookUps {
  readonly #table: Table<LookUp>;

  constructor(space: ByteStore) {
    this.#table = new Table(space, stored(1, LookUp));
  }

  get(subject: Subject, number: number): LookUp | null {
    return this.#table.get(key(subject, number));
  }

  set(subject: Subject, number: number, lookUp: LookUp): void {
    this.#table.set(key(subject, number), lookUp);
  }
}

function key(subject: Subject, number: number): Uint8Array {
  return Uint8Array.of(SUBJECTS[subject], ...u32(number));
}
