import { c, type Infer } from '../../candid/index.ts';
import { Sequence, stored, type ByteStore } from '../../store/index.ts';

/** A change that somebody with a role of administration made. */
export const AdministrationEntry = c.named(
  'AdministrationEntry',
  c.record({
    /** Position in the log, from 0. */
    number: c.nat32,
    /** Nanoseconds since the epoch. */
    at: c.nat64,
    by: c.principal,
    /** The method that was called; `init` for the installation. */
    method: c.text({ max: 64 }),
    /** Whom or which canister it is about. */
    subject: c.opt(c.principal),
    /** What was changed, for people to read. */
    detail: c.text({ max: 600 }),
  }),
);
export type AdministrationEntry = Infer<typeof AdministrationEntry>;

/** What an entry says beside its number. */
export type Change = Omit<AdministrationEntry, 'number'>;

/** Entries in a page that names no limit, and in any page at most. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** Every change of administration, in order. It only grows: nobody can take an entry out. */
export class AdministrationLog {
  readonly #entries: Sequence<AdministrationEntry>;

  constructor(space: ByteStore) {
    this.#entries = new Sequence(space, stored(1, AdministrationEntry));
  }

  get length(): number {
    return this.#entries.length;
  }

  append(change: Change): void {
    const number = this.#entries.length;
    this.#entries.append({ ...change, detail: change.detail.slice(0, MAX_DETAIL), number });
  }

  /** A page, newest first. @param from where the page before ended. */
  page(from: number | null, limit: number | null) {
    const end = Math.min(from ?? this.length, this.length);
    const count = Math.max(1, Math.min(limit ?? DEFAULT_LIMIT, MAX_LIMIT));
    const begin = Math.max(0, end - count);
    const entries = this.#entries.page(begin, end - begin).reverse();
    return { entries, next: begin > 0 ? begin : null };
  }
}

/** Characters of a detail kept: 600 bytes in whatever script. */
const MAX_DETAIL = 200;
