import { Refusal } from '@fabrica/core';
import { c, query, service, update, type Infer } from '@fabrica/core/candid';
import { ArchiveOrigin } from './archive.ts';
import {
  Cursor,
  entryPage,
  MAX_BATCH,
  MAX_REFERENCE_BYTES,
  Receipt,
  storageMethods,
  Whitelist,
} from './common.ts';

/** How much an event matters. */
export const Severity = c.named(
  'Severity',
  c.variant({ Info: c.null, Warning: c.null, Error: c.null, Critical: c.null }),
);
export type Severity = Infer<typeof Severity>;

/** A dotted name of what was done, e.g. `payment.charged`. */
const Action = c.text({ max: 64 });

const event = {
  /** When it happened by the writer's clock, in nanoseconds since the epoch. */
  time: c.nat64,
  /** Who did it. */
  actor: c.principal,
  action: Action,
  severity: Severity,
  /** The user it concerns, who may read it. */
  subject: c.opt(c.principal),
  /** The request it belongs to; empty if none. */
  reference: c.blob({ max: MAX_REFERENCE_BYTES }),
  contract: c.opt(c.principal),
  /** Id of the factory; empty if none. */
  factory: c.text({ max: 32 }),
  /** A short remark. Never the arguments of a request: they are private. */
  detail: c.text({ max: 200 }),
} as const;

/** Something that happened, as a writer reports it. */
export const AuditEvent = c.named('AuditEvent', c.record(event));
export type AuditEvent = Infer<typeof AuditEvent>;

/** An event on record. The Candid bytes of this record are what the chain hashes. */
export const AuditEntry = c.named(
  'AuditEntry',
  c.record({
    ...event,
    /** Its number in the log, from 0 without gaps. */
    id: c.nat64,
    /** Hash of the entry before. */
    previous: c.blob({ max: 32 }),
    /** When it was recorded, by the storage's clock; never earlier than the entry before. */
    recordedAt: c.nat64,
    /** Who reported it. */
    writer: c.principal,
  }),
);
export type AuditEntry = Infer<typeof AuditEntry>;

/**
 * A page of entries; pass `next` as cursor (or as first number) to go on, `null` is the end. Entries of the page
 * that are in archives are named by number: ask there for them with `getEntriesAt`.
 */
export const AuditPage = c.named('AuditPage', entryPage(AuditEntry));
export type AuditPage = Infer<typeof AuditPage>;

const Answer = c.result(AuditPage, Refusal);

/** The audit storage: append-only, so no method changes or removes an entry. */
export const AuditStorage = service(
  'AuditStorage',
  {
    /** Records one event: its sequence number, the event. See `logEvents`. */
    logEvent: update([c.nat64, AuditEvent], c.result(Receipt, Refusal)),
    /**
     * Records events: the writer's sequence number of the first, then the events. A writer numbers its
     * events from 0 without gaps; what is on record already is skipped, so a batch can be sent again.
     */
    logEvents: update([c.nat64, c.vec(AuditEvent, { max: MAX_BATCH })], c.result(Receipt, Refusal)),
    ...storageMethods(AuditPage),
    getEntriesByAction: query([Action, Cursor, c.nat32], Answer),
    /** By request id. */
    getEntriesByReference: query([c.blob({ max: MAX_REFERENCE_BYTES }), Cursor, c.nat32], Answer),
    getEntriesByContract: query([c.principal, Cursor, c.nat32], Answer),
    /** For `Info`, which most entries are, a page may be short: go on until `next` is null. */
    getEntriesBySeverity: query([Severity, Cursor, c.nat32], Answer),
  },
  [Whitelist, c.opt(ArchiveOrigin)],
);
