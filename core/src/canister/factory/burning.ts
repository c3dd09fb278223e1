import { c, type Infer } from '../../candid/index.ts';
import { Cell, stored, type ByteStore } from '../../store/index.ts';
import { canisterFacts, type CanisterFacts } from '../management/platform.ts';
import { worker, type Worker } from '../runtime/worker.ts';

/** Seconds between two readings. */
const DAY = 86_400;

const Burning = c.record({
  /** Cycles burned in a day by existing. */
  perDay: c.nat,
  /** Seconds of existing for which cycles are kept back. */
  freezingThreshold: c.nat,
});
type Burning = Infer<typeof Burning>;

const State = c.opt(Burning);

/** What the platform last said that the factory burns; `null` until it did. */
export function openBurning(space: ByteStore): Cell<Burning | null> {
  return new Cell(space, stored(1, State), null);
}

/** Asks the platform once a day what the factory burns; a query cannot ask. */
export function burnMeter(kernel: { readonly burning: Cell<Burning | null> }): Worker {
  return worker(async ({ self }) => {
    const facts = await canisterFacts(self);
    if (facts.ok) {
      const { burnedPerDay: perDay, freezingThreshold } = facts.value;
      kernel.burning.set({ perDay, freezingThreshold });
    }
    return DAY;
  });
}

/** Cycles that the platform keeps back: a canister with less freezes. */
export function frozen({
  burnedPerDay,
  freezingThreshold,
}: Pick<CanisterFacts, 'burnedPerDay' | 'freezingThreshold'>): bigint {
  return (burnedPerDay * freezingThreshold) / BigInt(DAY);
}

/** Cycles that may be spent of those held; all of them until the platform told what it keeps back. */
export function spendable(held: bigint, burning: Burning | null): bigint {
  const kept = burning === null ? 0n : frozen({ ...burning, burnedPerDay: burning.perDay });
  return held > kept ? held - kept : 0n;
}

/** Seconds until a canister with so many cycles freezes, if it does nothing; `null` if nobody knows. */
export function freezesIn(cycles: bigint, burning: Burning | null): bigint | null {
  if (burning === null || burning.perDay === 0n) return null;
  const { perDay, freezingThreshold } = burning;
  const lasts = (cycles * BigInt(DAY)) / perDay - freezingThreshold;
  return lasts > 0n ? lasts : 0n;
}
