import { Principal } from '@dfinity/principal';
import type { ActorOf } from '@fabrica/core/candid';
import { MAX_PAGE, type AuditStorage, type InvoiceStorage } from '../candid.ts';
import { readArchived, ReadRefused, type ArchiveOf } from './archives.ts';

/** What of a storage's actor is needed. */
export type ReadingActor = Pick<
  ActorOf<typeof AuditStorage | typeof InvoiceStorage>,
  'getEntries' | 'getEntriesAt'
>;

/**
 * The entries of a storage as JSON, one line each without its line break, in order, those in archives included.
 * Numbers beyond 32 bits are texts, principals their usual text, bytes hexadecimal, alternatives their name.
 *
 * @param from number of the first entry.
 * @param archiveOf makes the actor of an archive.
 * @throws ReadRefused if the caller may not read.
 */
export async function* exportLog(
  actor: ReadingActor,
  from = 0n,
  archiveOf: ArchiveOf<ReadingActor> = noArchives,
): AsyncGenerator<string> {
  for (let next: bigint | undefined = from; next !== undefined; ) {
    const answer: Awaited<ReturnType<ReadingActor['getEntries']>> = await actor.getEntries(
      next,
      MAX_PAGE,
    );
    if ('Err' in answer) throw new ReadRefused(answer.Err);
    for (const entry of await readArchived(answer.Ok, archiveOf))
      yield JSON.stringify(plain(entry));
    for (const entry of answer.Ok.entries) yield JSON.stringify(plain(entry));
    next = answer.Ok.next[0];
  }
}

function noArchives(archive: Principal): never {
  throw new Error(`Entries are in archive ${archive.toText()}: pass what makes an actor of it`);
}

/** A value of an entry, as agents shape it, in what JSON knows. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Principal) return value.toText();
  if (value instanceof Uint8Array) return hex(value);
  // Entries hold no lists, so what is an array is an option.
  if (Array.isArray(value)) return value.length === 0 ? null : plain(value[0]);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  const [only] = fields;
  if (fields.length === 1 && only?.[1] === null) return only[0];
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field)]));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
