import { ok, type Result } from '@fabrica/core';
import { EncodedVec } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';
import { MAX_PAGE, MAX_PROOF, type ArchivedIds, type ChainData } from '../candid.ts';
import { storageErrors } from '../errors.ts';
import type { Access } from './access.ts';
import type { Adoption } from './archive/adoption.ts';
import type { Archives } from './archive/archives.ts';
import type { Book, Recorded } from './book.ts';
import { bodyOf } from './entry-bytes.ts';
import type { Found, Index } from './indexes.ts';
import { firstAtOrAfter } from './time-search.ts';

/** A page of entries, as stored: they are Candid already and are answered unread. */
export interface EntryPage<Entry> {
  readonly entries: EncodedVec<Entry>;
  readonly archived: readonly ArchivedIds[];
  readonly next: bigint | null;
}

/** What a reader reads from. */
export interface ReaderParts<Entry extends Recorded> {
  readonly book: Book<Entry>;
  readonly access: Access;
  readonly archives: Archives;
  readonly adoption: Adoption;
}

/**
 * Reads for those who may: administrators and writers everything, a user what concerns him.
 * Every answer is bounded by {@link MAX_PAGE} or {@link MAX_PROOF}, whatever is asked for.
 *
 * Of entries that are in archives it answers the numbers, and which archive to ask.
 */
export class Reader<Entry extends Recorded> {
  readonly #book: Book<Entry>;
  readonly #access: Access;
  readonly #archives: Archives;
  readonly #adoption: Adoption;

  constructor(parts: ReaderParts<Entry>) {
    this.#book = parts.book;
    this.#access = parts.access;
    this.#archives = parts.archives;
    this.#adoption = parts.adoption;
  }

  /** Entries in order, from number `from` on. */
  entries(caller: Uint8Array, from: bigint, limit: number): Result<EntryPage<Entry>> {
    if (!this.#access.isReader(caller)) return storageErrors.not_reader();
    const { length } = this.#book.log;
    return ok(this.#run(clamp(from, length), length, limit));
  }

  /** Entries by their numbers, in the order asked for. A user may ask for those that concern him. */
  entriesAt(caller: Uint8Array, ids: readonly bigint[]): Result<EntryPage<Entry>> {
    const { first, length } = this.#book.log;
    const everything = this.#access.isReader(caller);
    const runs: Uint8Array[] = [];
    const archived: number[] = [];
    for (const id of ids) {
      if (id >= BigInt(length)) return rangeInvalid(id, id + 1n, this.#book.log);
      const number = Number(id);
      if (number < first) {
        if (this.#archives.holderOf(number) === null) return rangeInvalid(id, id, this.#book.log);
        archived.push(number);
        continue;
      }
      const stored = this.#book.log.at(number);
      if (!everything) {
        const owner = this.#book.ownerOf(this.#book.decode(stored));
        if (owner === null || !equal(owner, caller)) return storageErrors.not_reader();
      }
      runs.push(bodyOf(stored));
    }
    return ok(this.#page({ count: runs.length, runs, archived, next: null }));
  }

  /** Entries of an index, newest first. Users are refused unless `owner` is the caller. Archives have none. */
  indexed(
    caller: Uint8Array,
    index: Index<Entry>,
    key: Uint8Array,
    cursor: bigint | null,
    limit: number,
    owner?: Uint8Array,
  ): Result<EntryPage<Entry>> {
    if (this.#adoption.origin !== null) return storageErrors.is_archive();
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
    const oldest = this.#oldest;
    const timeOf = (id: number): bigint => this.#book.recordedAt(id);
    const start = firstAtOrAfter(oldest, length, timeOf, from);
    const end = firstAtOrAfter(oldest, length, timeOf, to);
    return ok(
      this.#run(cursor === null ? start : Math.max(start, clamp(cursor, length)), end, limit),
    );
  }

  /** What proves the entries `from` to `to` - 1: their bytes as they were hashed, or the archive that has them. */
  chain(caller: Uint8Array, from: bigint, to: bigint): Result<ChainData> {
    if (!this.#access.isReader(caller)) return storageErrors.not_reader();
    const { log } = this.#book;
    if (from > to || to > BigInt(log.length)) return rangeInvalid(from, to, log);
    if (from < to && from < BigInt(log.first)) {
      const range = this.#archives.holderOf(Number(from));
      if (range === null) return rangeInvalid(from, to, log);
      const next = to < range.to ? to : range.to;
      return ok({ entries: [], next, archive: range.archive });
    }
    const end = Math.min(Number(to), Number(from) + MAX_PROOF);
    return ok({ entries: this.#range(Number(from), end), next: BigInt(end), archive: null });
  }

  /** The oldest number that can be told anything of: in an archive, where its range begins. */
  get #oldest(): number {
    return this.#archives.count > 0 ? 0 : this.#book.log.first;
  }

  /** The entries `start` to `end` - 1, or as many as fit a page; a page is of archived ones or of those here. */
  #run(start: number, end: number, limit: number): EntryPage<Entry> {
    const { first } = this.#book.log;
    const begin = Math.max(start, this.#oldest);
    const stop = Math.max(begin, Math.min(end, begin + pageSize(limit)));
    const next = (at: number): number | null => (at < end ? at : null);
    if (begin < first) {
      const until = Math.min(stop, first);
      const archived = Array.from({ length: until - begin }, (_, at) => begin + at);
      return this.#page({ count: 0, runs: [], archived, next: next(until) });
    }
    const runs = this.#range(begin, stop).map(bodyOf);
    return this.#page({ count: runs.length, runs, archived: [], next: next(stop) });
  }

  #range(start: number, end: number): Uint8Array[] {
    const entries: Uint8Array[] = [];
    for (let id = start; id < end; id += 1) entries.push(this.#book.log.at(id));
    return entries;
  }

  #page({ count, runs, archived, next }: Found): EntryPage<Entry> {
    return {
      entries: new EncodedVec(this.#book.schema, count, ...runs),
      archived: archived.length === 0 ? NONE : this.#archives.locate(archived),
      next: next === null ? null : BigInt(next),
    };
  }
}

const NONE: readonly ArchivedIds[] = [];

function rangeInvalid(
  from: bigint,
  to: bigint,
  { first, length }: { first: number; length: number },
) {
  return storageErrors.range_invalid({ from, to, first, length });
}

function pageSize(limit: number): number {
  return Math.min(Math.max(limit, 1), MAX_PAGE);
}

function clamp(number: bigint, length: number): number {
  return number < BigInt(length) ? Number(number) : length;
}
