import { bodyDecoder, type Schema } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';
import { AuditEntry, InvoiceEntry } from '../candid.ts';
import { AUDIT_DOMAIN } from '../model/audit-storage.ts';
import { bodyOf } from '../model/entry-bytes.ts';
import { INVOICE_DOMAIN } from '../model/invoice-storage.ts';
import { domainBlock, type Place } from '../model/log.ts';
import { sha256After } from '@fabrica/core/crypto';
import { GENESIS } from '../model/tip.ts';
import { faulty, type Checkpoint, type Verdict } from './verdict.ts';

/** The logs there are. */
export type LogKind = 'audit' | 'invoice';

interface Rules {
  readonly hash: (entry: Uint8Array) => Uint8Array;
  readonly place: (body: Uint8Array) => Place;
}

const rules: Readonly<Record<LogKind, Rules>> = {
  audit: rulesOf(AUDIT_DOMAIN, AuditEntry),
  invoice: rulesOf(INVOICE_DOMAIN, InvoiceEntry),
};

/** The point before the first entry. */
export const START: Checkpoint = { length: 0, hash: GENESIS };

/**
 * Checks that entries follow one another from a point already trusted.
 *
 * @param entries as `verifyData` answers them.
 * @param from a point verified before, or {@link START}.
 * @returns the point they lead to. It is proven only once it is compared with a certified tip: whoever
 *   makes up entries can link them as well.
 */
export function verifyChain(
  kind: LogKind,
  entries: readonly Uint8Array[],
  from: Checkpoint = START,
): Verdict {
  const { hash: hashOf, place: placeOf } = rules[kind];
  let { length, hash } = from;
  for (const entry of entries) {
    const place = read(entry, placeOf);
    if (place === null) return faulty('undecodable', length, 'The entry does not decode.');
    if (place.id !== BigInt(length)) {
      return faulty('misnumbered', length, `Entry ${length} calls itself ${place.id}.`);
    }
    if (!equal(place.previous, hash)) {
      const reason = `Entry ${length} names another hash before it than that of the entry before.`;
      return faulty('unlinked', length, reason);
    }
    hash = hashOf(entry);
    length += 1;
  }
  return { ok: true, length, hash };
}

function read(entry: Uint8Array, placeOf: Rules['place']): Place | null {
  try {
    return placeOf(bodyOf(entry));
  } catch {
    // Whatever it is, it is not an entry; the caller is told so.
    return null;
  }
}

function rulesOf<Entry extends Place>(domain: string, schema: Schema<Entry, unknown>): Rules {
  return { hash: sha256After(domainBlock(domain)), place: bodyDecoder(schema) };
}
