import { ok, type Result } from '@fabrica/core';
import type { Receipt } from '../candid.ts';
import { storageErrors } from '../errors.ts';
import type { Access } from './access.ts';
import type { Adoption } from './archive/adoption.ts';
import type { Archives } from './archive/archives.ts';
import type { Book, Recorded } from './book.ts';
import { MAX_ENTRIES } from './log.ts';
import type { Sequences } from './sequences.ts';

/** What an intake is made of. */
export interface IntakeParts<Entry extends Recorded> {
  readonly book: Book<Entry>;
  readonly access: Access;
  readonly sequences: Sequences;
  readonly archives: Archives;
  readonly adoption: Adoption;
}

/** Takes batches of events from writers, each event once. */
export class Intake<Event, Entry extends Recorded> {
  readonly #parts: IntakeParts<Entry>;
  readonly #entryOf: (event: Event, recorded: Recorded) => Entry;

  /** @param entryOf makes the entry of an event; called just before the entry is added. */
  constructor(parts: IntakeParts<Entry>, entryOf: (event: Event, recorded: Recorded) => Entry) {
    this.#parts = parts;
    this.#entryOf = entryOf;
  }

  /**
   * Records what of a batch is new: all of it, or nothing if it is refused.
   *
   * @param first the writer's own number of the batch's first event.
   * @param now nanoseconds since the epoch.
   */
  record(
    writer: Uint8Array,
    first: bigint,
    events: readonly Event[],
    now: bigint,
  ): Result<Receipt> {
    const { book, access, sequences, archives, adoption } = this.#parts;
    if (adoption.origin !== null) return storageErrors.is_archive();
    if (!access.isWriter(writer)) return storageErrors.not_writer();
    const admission = sequences.admit(writer, first, events.length);
    if ('Err' in admission) return admission;
    const { skip, next } = admission.Ok;
    const fresh = events.slice(skip);
    if (fresh.length === 0) return ok({ appended: 0, next });

    const { log } = book;
    const { length, bytesHere: bytes } = log;
    if (length + fresh.length > MAX_ENTRIES) {
      return storageErrors.log_full({ length, added: fresh.length });
    }
    const capacity = archives.settings.capacityBytes;
    if (bytes >= capacity) return storageErrors.capacity_reached({ bytes, capacity });
    for (const event of fresh) {
      book.add(this.#entryOf(event, { ...log.place, recordedAt: now, writer }));
    }
    log.commit(sequences.advanced(writer, next));
    return ok({ appended: fresh.length, next });
  }
}
