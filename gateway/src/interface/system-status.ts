import { c } from '@fabrica/core/candid';

import { SolvencyState } from '../model/orders/solvency-record.ts';
import { SolvencyBook } from '../model/orders/solvency.ts';

const Outbox = c.record({
  /** Entries not yet confirmed by the storage. */
  waiting: c.nat32,
  /** What the last attempt failed with; empty after a success. */
  failure: c.text({ max: 1_000 }),
});

/** How the gateway is. */
export const SystemStatus = c.named(
  'SystemStatus',
  c.record({
    maintenance: c.bool,
    emergencyStop: c.bool,
    requests: c.nat32,
    open: c.nat32,
    /** How many orders are in each state. */
    states: c.vec(c.record({ state: c.text({ max: 20 }), count: c.nat32 }), { max: 32 }),
    /** Seconds since the oldest open order was accepted; 0 if none is open. */
    oldestOpenSeconds: c.nat64,
    audit: Outbox,
    invoice: Outbox,
    /** Withdrawals of earned fees that are confirmed and not ended. */
    withdrawalsOpen: c.nat32,
    /** What the last look at each ledger's account found. */
    solvency: c.vec(SolvencyState, { max: 100 }),
    cycles: c.nat,
    /** What an administrator should look at; empty if all is well. */
    alerts: c.vec(c.text({ max: 500 }), { max: 300 }),
  }),
);

/** The books of a ledger beside what the ledger says the gateway holds. */
export const SolvencyCheck = c.named(
  'SolvencyCheck',
  c.record({
    book: SolvencyBook,
    /** What the gateway's account holds. */
    held: c.nat,
    /** In flight, owed, earned and leaving together. */
    booked: c.nat,
    /** True if at least what is booked is held, allowing for what may have left already. */
    solvent: c.bool,
    /** True if nothing was moving meanwhile, so that the figures are exact. */
    exact: c.bool,
  }),
);
