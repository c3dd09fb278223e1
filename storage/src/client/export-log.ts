import { Principal } from '@dfinity/principal';
import type { ActorOf } from '@fabrica/core/candid';
import type { Refusal } from '@fabrica/core';
import { MAX_PAGE, type AuditStorage, type InvoiceStorage } from '../candid.ts';

/** What of a storage's actor is needed. */
export type ReadingActor = Pick<ActorOf<typeof AuditStorage | typeof InvoiceStorage>, 'getEntries'>;

/** A storage refused to be read; `refusal` says why and what to do. */
export class ExportRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message} ${refusal.action}`);
    this.name = 'ExportRefused';
    this.refusal = refusal;
  }
}

/**
 * The entries of a storage as JSON, one line each without its line break, in order. Numbers beyond 32
 * bits are texts, principals their usual text, bytes hexadecimal, alternatives their name.
 *
 * @param from number of the first entry.
 * @throws ExportRefused if the caller may not read.
 */
export async function* exportLog(actor: ReadingActor, from = 0n): AsyncGenerator<string> {
  for (let next: bigint | undefined = from; next !== undefined; ) {
    const answer: Awaited<ReturnType<ReadingActor['getEntries']>> = await actor.getEntries(
      next,
      MAX_PAGE,
    );
    if ('Err' in answer) throw new ExportRefused(answer.Err);
    for (const entry of answer.Ok.entries) yield JSON.stringify(plain(entry));
    next = answer.Ok.next[0];
  }
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
