import { c } from '@fabrica/core/candid';

import { ReportedHealth } from '../peers/factory.ts';
import { Text } from './common.ts';

/** How a factory was when it last said so. */
export const FactoryPulse = c.named(
  'FactoryPulse',
  c.record({
    factory: Text,
    canister: c.principal,
    enabled: c.bool,
    /** True if it answered last time, and would take an order. */
    healthy: c.bool,
    /** Seconds without an answer, once they are enough to keep orders from it. */
    silentSeconds: c.opt(c.nat64),
    /** Nanoseconds since the epoch; 0 for never, as after an upgrade. */
    askedAt: c.nat64,
    answeredAt: c.nat64,
    failure: c.text({ max: 300 }),
    health: c.opt(ReportedHealth),
  }),
);

/** A part of the system, and what it lacks. */
export const SetupPart = c.named(
  'SetupPart',
  c.record({
    name: Text,
    canister: c.opt(c.principal),
    ready: c.bool,
    /** What is missing and how to set it; empty if nothing is. */
    missing: c.text({ max: 300 }),
  }),
);

/** A ledger that orders may be paid in. */
export const LedgerEntry = c.named(
  'LedgerEntry',
  c.record({
    /** Names it in settings; `null` for the gateway's own. */
    id: c.opt(Text),
    ledger: c.principal,
    enabled: c.bool,
    /** Its own fee; `null` until it told. */
    ledgerFee: c.opt(c.nat),
  }),
);
