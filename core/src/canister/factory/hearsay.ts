import { c, type Infer } from '../../candid/index.ts';
import { Cell, stored, type ByteStore } from '../../store/index.ts';

/** What the reports of contracts came to. */
const Hearsay = c.record({
  /** Events that contracts gave up. */
  dropped: c.nat64,
  /** Contracts found to have begun anew: reinstalled, or put back. */
  reborn: c.nat32,
  /** Snapshots taken in. */
  snapshots: c.nat32,
  /** How long the oldest event of the last report had waited, in nanoseconds; and the longest ever. */
  lastLag: c.nat64,
  longestLag: c.nat64,
});

/** Totals over all reports, kept apart from the running totals, which every callback writes. */
export function openHearsay(space: ByteStore): Cell<Infer<typeof Hearsay>> {
  return new Cell(space, stored(1, Hearsay), {
    dropped: 0n,
    reborn: 0,
    snapshots: 0,
    lastLag: 0n,
    longestLag: 0n,
  });
}
