import { ok, type Result } from '@fabrica/core';
import { c } from '@fabrica/core/candid';
import { equal, stored, Table, type ByteStore } from '@fabrica/core/store';
import { storageErrors } from '../errors.ts';
import type { Log } from './log.ts';
import { MAX_WRITERS_HERE, type WriterNumber } from './tip.ts';

/** What of a batch is new. */
export interface Admission {
  /** Events at the batch's beginning that are on record already. */
  readonly skip: number;
  /** The number to expect from the writer after the batch. */
  readonly next: bigint;
}

/**
 * The numbers that writers give their events, from 0 without gaps. A batch that is sent again is
 * recognised by them, so a writer that does not know what became of a batch sends it again.
 *
 * Those of the writers who reported last are kept in the log's tip, which is written anyway: that saves a write
 * with every append. The others' stand in a table.
 */
export class Sequences {
  readonly #log: Log;
  readonly #others: Table<bigint>;

  constructor(space: ByteStore, log: Log) {
    this.#others = new Table(space, stored(1, c.nat64));
    this.#log = log;
  }

  /** The number to expect next from `writer`. */
  next(writer: Uint8Array): bigint {
    for (const known of this.#log.tip.writers) {
      if (equal(known.writer, writer)) return known.next;
    }
    return this.#others.get(writer) ?? 0n;
  }

  /** Says what of a batch of `count` events, the first of them numbered `first`, is new. */
  admit(writer: Uint8Array, first: bigint, count: number): Result<Admission> {
    const expected = this.next(writer);
    if (first > expected) return storageErrors.sequence_gap({ first, expected });
    const end = first + BigInt(count);
    if (end <= expected) return ok({ skip: count, next: expected });
    return ok({ skip: Number(expected - first), next: end });
  }

  /** What the log's writers send next after `writer` reported up to `next`; to be committed with the log. */
  advanced(writer: Uint8Array, next: bigint): WriterNumber[] {
    const rest = this.#log.tip.writers.filter((known) => !equal(known.writer, writer));
    if (rest.length === MAX_WRITERS_HERE) {
      const longestSilent = rest.pop()!;
      this.#others.set(longestSilent.writer, longestSilent.next);
    }
    return [{ writer, next }, ...rest];
  }
}
