import { ok, type Result } from '@fabrica/core';
import { c } from '@fabrica/core/candid';
import { binary, stored, Table, type ByteStore } from '@fabrica/core/store';
import { storageErrors } from '../errors.ts';

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
 */
export class Sequences {
  readonly #next: Table<bigint>;
  /** The same by writer, once read: writers are few and send often. */
  readonly #known = new Map<string, bigint>();

  constructor(space: ByteStore) {
    this.#next = new Table(space, stored(1, c.nat64));
  }

  /** The number to expect next from `writer`. */
  next(writer: Uint8Array): bigint {
    return this.#known.get(binary(writer)) ?? this.#next.get(writer) ?? 0n;
  }

  /** Says what of a batch of `count` events, the first of them numbered `first`, is new. */
  admit(writer: Uint8Array, first: bigint, count: number): Result<Admission> {
    const expected = this.next(writer);
    if (first > expected) return storageErrors.sequence_gap({ first, expected });
    const end = first + BigInt(count);
    if (end <= expected) return ok({ skip: count, next: expected });
    return ok({ skip: Number(expected - first), next: end });
  }

  /** Takes note of what was recorded. */
  advance(writer: Uint8Array, next: bigint): void {
    this.#next.set(writer, next);
    this.#known.set(binary(writer), next);
  }
}
