import { c, type Infer } from '../candid/index.ts';
import { Cell, stored, type ByteStore } from '../store/index.ts';

/** A check of a factory's lists and sets against what they would be if they were rebuilt. */
export const IndexCheck = c.named(
  'IndexCheck',
  c.record({
    /** Nanoseconds since the epoch. */
    startedAt: c.nat64,
    /** `null` while it is under way. */
    finishedAt: c.opt(c.nat64),
    /** Whether what is wrong is put right. */
    repairs: c.bool,
    /** Contracts looked at so far. */
    contracts: c.nat32,
    /** Contracts missing in sets by status, version or name, or too many there. */
    sets: c.nat32,
    /** Rows missing in lists, or not as they should be. */
    rows: c.nat32,
    /** Rows of users who have nothing to do with the contract. */
    surplus: c.nat32,
  }),
);
export type IndexCheck = Infer<typeof IndexCheck>;

const Position = c.record({ contract: c.nat32, member: c.nat32, below: c.opt(c.nat32) });

const State = c.record({ check: c.opt(IndexCheck), position: c.opt(Position) });

/** The last check, and where the one under way goes on; a check goes on after an upgrade. */
export function openIndexCheck(space: ByteStore): Cell<Infer<typeof State>> {
  return new Cell(space, stored(1, State), { check: null, position: null });
}
