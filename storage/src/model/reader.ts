import { ok, type Result } from '@fabrica/core';
import { EncodedVec } from '@fabrica/core/candid';
import { concat, equal } from '@fabrica/core/store';
import { MAX_PAGE, MAX_PROOF, type ChainData } from '../candid.ts';
import { storageErrors } from '../errors.ts';
import type { Access } from './access.ts';
import { bodyOf, type Book, type Recorded } from './book.ts';
import type { Index } from './indexes.ts';
import type { ListPage } from './paged-lists.ts';
import { firstAtOrAfter } from './time-search.ts';

/** A page of entries, as stored: they are Candid already and are answered unread. */
export interface EntryPage<Entry> {
  readonly entries: EncodedVec<Entry>;
  readonly next: bigint | null;
}

/**
 * Reads for those who may: administrators and writers everything, a user what concerns him.
 * Every answer is bounded by {@link MAX_PAGE} or {@link MAX_PROOF}, whatever is asked for.
 */
export class Reader<Entry extends Recorded> {
  readonly #book: Book<Entry>;
  readonly #access: Access;

  constructor(book: Book<Entry>, access: Access) {
    this.#book = book;
    this.#access = access;
  }

  /** Entries in order, from number `from` on. */
  entries(caller: Uint8Array, from: bigint, limit: number): Result<EntryPage<Entry>> {
    if (!this.#access.isReader(caller)) return storageErrors.not_reader();
    const { length } = this.#book.log;
    return ok(this.#run(clamp(from, length), length, limit));
  }

  /** Entries of an index, newest first. Users are refused unless `owner` is the caller. */
  indexed(
    caller: Uint8Array,
    index: Index<Entry>,
    key: Uint8Array,
    cursor: bigint | null,
    limit: number,
    owner?: Uint8Array,
  ): Result<EntryPage<Entry>> {
    const own = owner !== undefined && equal(owner, caller);
    if (!own && !this.#access.isReader(caller)) return storageErrors.not_reader();
    const before = cursor === null ? null : Number(cursor);
    return ok(this.#page(index.page(key, before, pageSize(limit))));
  }

  /** Entries in order, recorded at `from` or later and before `to`. */
  recordedBetween(
    caller: Uint8Array,
    from: bigint,
    to: bigint,
    cursor: bigint | null,
    limit: number,
  ): Result<EntryPage<Entry>> {
    if (!this.#access.isReader(caller)) return storageErrors.not_reader();
    const { length } = this.#book.log;
    const timeOf = (id: number): bigint => this.#book.read(id).recordedAt;
    const first = firstAtOrAfter(length, timeOf, from);
    const start = cursor === null ? first : Math.max(first, clamp(cursor, length));
    return ok(this.#run(start, firstAtOrAfter(length, timeOf, to), limit));
  }

  /** What proves the entries `from` to `to` - 1: their bytes as they were hashed. */
  chain(caller: Uint8Array, from: bigint, to: bigint): Result<ChainData> {
    if (!this.#access.isReader(caller)) return storageErrors.not_reader();
    const { length } = this.#book.log;
    if (from > to || to > BigInt(length)) return storageErrors.range_invalid({ from, to, length });
    const end = Math.min(Number(to), Number(from) + MAX_PROOF);
    return ok({ entries: this.#range(Number(from), end), next: BigInt(end) });
  }

  /** The entries `start` to `end` - 1, or as many as fit a page. */
  #run(start: number, end: number, limit: number): EntryPage<Entry> {
    const stop = Math.max(start, Math.min(end, start + pageSize(limit)));
    const bodies = this.#range(start, stop).map(bodyOf);
    const next = stop < end ? stop : null;
    return this.#page({ count: bodies.length, bytes: concat(...bodies), next });
  }

  #range(start: number, end: number): Uint8Array[] {
    const entries: Uint8Array[] = [];
    for (let id = start; id < end; id += 1) entries.push(this.#book.log.at(id));
    return entries;
  }

  #page({ count, bytes, next }: ListPage): EntryPage<Entry> {
    return {
      entries: new EncodedVec(this.#book.schema, count, bytes),
      next: next === null ? null : BigInt(next),
    };
  }
}

function pageSize(limit: number): number {
  return Math.min(Math.max(limit, 1), MAX_PAGE);
}

function clamp(number: bigint, length: number): number {
  return number < BigInt(length) ? Number(number) : length;
}
