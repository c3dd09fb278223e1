import type { Principal } from '@dfinity/principal';
import type { Refusal } from '@fabrica/core';
import type { ActorOf } from '@fabrica/core/candid';
import type { AuditStorage, InvoiceStorage } from '../candid.ts';

/** An actor of an archive: it has the interface of the log it belongs to. */
export type ArchiveOf<Actor> = (archive: Principal) => Actor;

/** A storage refused to be read; `refusal` says why and what to do. */
export class ReadRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message} ${refusal.action}`);
    this.name = 'ReadRefused';
    this.refusal = refusal;
  }
}

/** What of an archive's actor is needed to read single entries. */
export type ArchiveActor = Pick<
  ActorOf<typeof AuditStorage | typeof InvoiceStorage>,
  'getEntriesAt'
>;

type Answer<Actor extends ArchiveActor> = Extract<
  Awaited<ReturnType<Actor['getEntriesAt']>>,
  { Ok: unknown }
>['Ok'];
/** A page as an actor answers it. */
export type PageOf<Actor extends ArchiveActor> = Answer<Actor>;
/** An entry as an actor answers it. */
export type EntryOf<Actor extends ArchiveActor> = Answer<Actor>['entries'][number];

/**
 * The entries of a page that are in archives, in the page's order. In a page that is newest first they come after
 * `entries`, in one in the log's order there are no others.
 *
 * @throws ReadRefused if an archive may not be read.
 * @throws Error if an archive answers other entries than those asked for.
 */
export async function readArchived<Actor extends ArchiveActor>(
  page: Pick<Answer<Actor>, 'archived'>,
  archiveOf: ArchiveOf<Actor>,
): Promise<EntryOf<Actor>[]> {
  const found: EntryOf<Actor>[] = [];
  for (const { archive, ids } of page.archived) {
    const answer = await archiveOf(archive).getEntriesAt(BigUint64Array.from(ids));
    if ('Err' in answer) throw new ReadRefused(answer.Err);
    const { entries } = answer.Ok;
    if (entries.length !== ids.length || entries.some(({ id }, at) => id !== ids[at])) {
      throw new Error(`Archive ${archive.toText()} answers other entries than those asked for`);
    }
    found.push(...entries);
  }
  return found;
}
