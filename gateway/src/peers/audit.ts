import { c, query, service, update, type Infer } from '@fabrica/core/candid';
import { Refusal } from '@fabrica/core';

import { MAX_BATCH, Receipt } from './receipt.ts';

/** How much an event matters. */
export const Severity = c.named(
  'Severity',
  c.variant({ Info: c.null, Warning: c.null, Error: c.null, Critical: c.null }),
);
export type Severity = Infer<typeof Severity>;

/** Something that happened, as the audit storage keeps it. */
export const AuditEvent = c.named(
  'AuditEvent',
  c.record({
    /** Nanoseconds since the epoch. */
    time: c.nat64,
    /** Who did it. */
    actor: c.principal,
    /** Dotted, as `payment.charged`. */
    action: c.text({ max: 64 }),
    severity: Severity,
    /** Whose order it is about. */
    subject: c.opt(c.principal),
    /** The order's requestId, or empty. */
    reference: c.blob({ max: 32 }),
    contract: c.opt(c.principal),
    factory: c.text({ max: 32 }),
    /** 200 bytes at most. */
    detail: c.text({ max: 200 }),
  }),
);
export type AuditEvent = Infer<typeof AuditEvent>;

/** What the gateway calls of the audit storage. */
export const AuditStorage = service('AuditStorage', {
  /** Appends a batch whose first event has that number among the caller's; skips what it has already. */
  logEvents: update([c.nat64, c.vec(AuditEvent, { max: MAX_BATCH })], c.result(Receipt, Refusal)),
  getNextSequence: query([c.principal], c.result(c.nat64, Refusal)),
});
