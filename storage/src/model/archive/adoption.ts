import { ok, type Result } from '@fabrica/core';
import { c } from '@fabrica/core/candid';
import { Cell, equal, stored, type ByteStore } from '@fabrica/core/store';
import { ArchiveOrigin } from '../../candid/archive.ts';
import type { Receipt } from '../../candid.ts';
import { storageErrors } from '../../errors.ts';
import type { Book, Recorded } from '../book.ts';
import type { Log } from '../log.ts';

/**
 * What makes a storage an archive. It takes the entries of its range from its parent alone, in order, and each
 * only if it follows from the one before: it computes every hash itself. The last one must have the hash that was
 * named when the archive was made. Then it is complete and takes nothing more.
 */
export class Adoption {
  readonly #origin: Cell<ArchiveOrigin | null>;
  readonly #log: Log;

  constructor(space: ByteStore, log: Log) {
    this.#origin = new Cell(space, stored(1, c.opt(ArchiveOrigin)), null);
    this.#log = log;
  }

  /** Where this archive's entries come from; `null` in a storage that is no archive. */
  get origin(): ArchiveOrigin | null {
    return this.#origin.get();
  }

  /** Makes an empty storage an archive. */
  install(origin: ArchiveOrigin): void {
    this.#log.beginAt(Number(origin.from), origin.previous);
    this.#origin.set(origin);
  }

  /** True if `caller` is the log that this archive belongs to. */
  isParent(caller: Uint8Array): boolean {
    return this.origin !== null && equal(this.origin.parent, caller);
  }

  /**
   * Takes entries in. Those that are here already are skipped, so a message can be sent again.
   *
   * @param from number of the first entry.
   * @param entries as they were hashed.
   */
  adopt(
    book: Pick<Book<Recorded>, 'decode'>,
    caller: Uint8Array,
    from: bigint,
    entries: readonly Uint8Array[],
  ): Result<Receipt> {
    const { origin } = this;
    if (origin === null) return storageErrors.not_archive();
    if (!this.isParent(caller)) return storageErrors.not_parent();
    const expected = BigInt(this.#log.length);
    if (from > expected || from + BigInt(entries.length) > origin.to) {
      return storageErrors.adoption_gap({ from, expected, to: origin.to });
    }
    const fresh = entries.slice(Number(expected - from));
    for (const bytes of fresh) {
      const refused = this.#take(book, bytes, origin);
      if (refused !== null) {
        this.#log.commit();
        return refused;
      }
    }
    if (fresh.length > 0) this.#log.commit();
    return ok({ appended: fresh.length, next: BigInt(this.#log.length) });
  }

  #take(book: Pick<Book<Recorded>, 'decode'>, bytes: Uint8Array, origin: ArchiveOrigin) {
    const { id, previous } = this.#log.place;
    const named = book.decode(bytes);
    if (named.id !== id || !equal(named.previous, previous)) {
      return storageErrors.chain_broken({ id });
    }
    const hash = this.#log.hashOf(bytes);
    if (id + 1n === origin.to && !equal(hash, origin.hash))
      return storageErrors.chain_broken({ id });
    this.#log.append(bytes, hash);
    return null;
  }
}
