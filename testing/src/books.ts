import type { CoreSystem } from './assemble.ts';
import { accepted } from './results.ts';

/** How a system's money stands, after all that was under way has had time to end. */
export interface Books {
  /** What the gateway's account holds beyond what its books explain; must be 0. */
  readonly unexplained: bigint;
  readonly solvent: boolean;
  /** True if nothing was moving while it was looked at. */
  readonly exact: boolean;
  /** Orders that have not ended. */
  readonly open: number;
  readonly inFlight: bigint;
  readonly owed: bigint;
  readonly earned: bigint;
  /** Entries that the storages have not confirmed. */
  readonly untold: number;
}

/** What {@link readBooks} gives when every user has either the contract or the money back. */
export const BALANCED = {
  unexplained: 0n,
  solvent: true,
  exact: true,
  open: 0,
  inFlight: 0n,
  owed: 0n,
  untold: 0,
} as const satisfies Partial<Books>;

/** Lets time pass, and what it sets off: reconciler, outboxes, callbacks of contracts. */
export async function settle({ pic }: Pick<CoreSystem, 'pic'>, seconds = 10): Promise<void> {
  await pic.advanceTime(seconds * 1000);
  await pic.tick(5);
}

/**
 * Lets time pass, five minutes at a time and two hours at most, until no order is open and the storages know
 * everything: long enough for whatever the gateway tries again.
 */
export async function untilQuiet(system: CoreSystem): Promise<void> {
  for (let step = 0; step < 24; step += 1) {
    await settle(system, 300);
    const { open, audit, invoice } = await system.gateway.getSystemStatus();
    if (open + audit.waiting + invoice.waiting === 0) return;
  }
}

/** Settles, then reads the gateway's books beside what the ledger says it holds. */
export async function readBooks(system: CoreSystem): Promise<Books> {
  await settle(system);
  const { book, held, booked, solvent, exact } = accepted(await system.gateway.checkSolvency([]));
  const { open, audit, invoice } = await system.gateway.getSystemStatus();
  const listed = accepted(await system.gateway.getOpenRequests(50)).length;
  const { inFlight, owed, earned } = book;
  return {
    unexplained: held - booked,
    solvent,
    exact,
    open: Math.max(open, listed),
    inFlight,
    owed,
    earned,
    untold: audit.waiting + invoice.waiting,
  };
}
