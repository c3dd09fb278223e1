import { c, type Infer } from '../candid/index.ts';
import { Cell, stored, type ByteStore } from '../store/index.ts';

/** What the reports of contracts came to. */
export const Hearsay = c.named(
  'Hearsay',
  c.record({
    /** Events that contracts gave up. */
    dropped: c.nat64,
    /** Contracts found to have begun anew: reinstalled, or put back. */
    reborn: c.nat32,
    /** Snapshots begun. */
    snapshots: c.nat32,
    /** How long the oldest event of the last report had waited, in nanoseconds; 0 below ten seconds. */
    lastLag: c.nat64,
    /** The longest that an event waited, in nanoseconds. */
    longestLag: c.nat64,
  }),
);
export type Hearsay = Infer<typeof Hearsay>;

/** Totals over all reports, kept apart from the running totals, which every callback writes. */
export function openHearsay(space: ByteStore): Cell<Hearsay> {
  return new Cell(space, stored(1, Hearsay), {
    dropped: 0n,
    reborn: 0,
    snapshots: 0,
    lastLag: 0n,
    longestLag: 0n,
  });
}
