import { c, type Infer } from '@fabrica/core/candid';

/** What the last look at a ledger's account found. */
export const SolvencyState = c.named(
  'SolvencyState',
  c.record({
    ledger: c.principal,
    /** False while less is held than is booked: an alert. */
    solvent: c.bool,
    held: c.nat,
    booked: c.nat,
    /** Nanoseconds since the epoch. */
    checkedAt: c.nat64,
    /** Since when it has been so. */
    since: c.nat64,
  }),
);
export type SolvencyState = Infer<typeof SolvencyState>;
