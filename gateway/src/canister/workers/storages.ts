import type { EncodedVec } from '@fabrica/core/candid';
import { call, worker, type Context, type Outcome } from '@fabrica/core/canister';
import type { Result } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { pauseAfter } from '../../model/saga/steps.ts';
import type { Outbox } from '../../model/outbox/outbox.ts';
import { AuditStorage, type AuditEvent } from '../../peers/audit.ts';
import { InvoiceStorage, type Payment } from '../../peers/invoice.ts';
import { gateway } from '../memory.ts';

type Sent = Outcome<Result<{ readonly appended: number; readonly next: bigint }>>;

const SECOND = 1_000_000_000n;

/** What delivers the entries of one outbox. */
interface Delivery<T> {
  readonly outbox: Outbox<T>;
  /** The storage; `null` while none is appointed. */
  readonly receiver: () => Uint8Array | null;
  readonly send: (receiver: Uint8Array, first: bigint, entries: EncodedVec<T>) => Promise<Sent>;
  readonly expected: (receiver: Uint8Array, context: Context) => Promise<Outcome<Result<bigint>>>;
}

/**
 * Delivers an outbox in order, batch by batch. Nothing leaves it before the storage confirmed it, and nothing is
 * appended twice: entries are numbered, and where the storage's number differs from ours, ours follows.
 */
function courier<T>({ outbox, receiver, send, expected }: Delivery<T>) {
  let failures = 0;
  let failure = '';

  const failed = (reason: string): number => {
    failures += 1;
    failure = reason;
    return Number(pauseAfter(failures) / SECOND);
  };

  const deliver = async (context: Context): Promise<number | null> => {
    const storage = receiver();
    if (storage === null || outbox.size === 0) return null;
    const { first, count, entries } = outbox.next();
    const sent = await send(storage, first, entries);
    if (!sameAs(receiver(), storage)) return 0;
    if (!sent.ok) return failed(sent.failure.message);
    if ('Err' in sent.value) {
      const { code, message } = sent.value.Err;
      if (code !== 'storage.sequence_gap') return failed(`${code}: ${message}`);
      const told = await expected(storage, context);
      if (!sameAs(receiver(), storage)) return 0;
      if (told.ok && 'Ok' in told.value) outbox.renumber(told.value.Ok);
      return failed(`${code}: ${message}`);
    }
    const { next } = sent.value.Ok;
    if (next > first + BigInt(count)) {
      // It knows entries of an earlier life of this gateway under these numbers, and skipped ours.
      outbox.renumber(next);
      return failed('the storage is ahead; numbering goes on from its number');
    }
    outbox.confirmed(next);
    failures = 0;
    failure = '';
    return outbox.size > 0 ? 0 : null;
  };

  const run = worker(deliver);
  return {
    /** Delivers now; what comes while a batch is under way goes with the next. */
    wake: (): void => run.wake(),
    /** What the last attempt failed with; empty after a success. */
    failure: (): string => failure,
  };
}

function sameAs(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && equal(a, b);
}

/** Delivers what the audit storage is to be told. */
export const auditCourier = courier<AuditEvent>({
  outbox: gateway.audit,
  receiver: () => gateway.canisters.get().audit,
  send: (to, first, events) => call(to, AuditStorage.methods.logEvents, [first, events]),
  expected: (to, { self }) => call(to, AuditStorage.methods.getNextSequence, [self]),
});

/** Delivers what the invoice storage is to be told. */
export const invoiceCourier = courier<Payment>({
  outbox: gateway.invoice,
  receiver: () => gateway.canisters.get().invoice,
  send: (to, first, payments) => call(to, InvoiceStorage.methods.recordPayments, [first, payments]),
  expected: (to, { self }) => call(to, InvoiceStorage.methods.getNextSequence, [self]),
});

/** Has delivered what the storages were not told yet. */
export function deliver(): void {
  if (gateway.audit.size > 0) auditCourier.wake();
  if (gateway.invoice.size > 0) invoiceCourier.wake();
}
