import { contractFacingMethods } from '../../factory/contract-facing.ts';
import type { RoleHolder } from '../../factory/define-factory.ts';
import { ContractEvent, MAX_EVENTS } from '../../factory/events.ts';
import { Queue, stored, type ByteStore, type Cell } from '../../store/index.ts';
import { call } from '../runtime/call.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker } from '../runtime/worker.ts';
import type { Identity } from './identity.ts';

/** Events that may wait for the factory; the next one is dropped and counted. */
const MAX_WAITING = 10_000;

/** Seconds before a batch that failed is sent again: doubles from the first to the last. */
const FIRST_RETRY = 2;
const LAST_RETRY = 3600;

/** Holders of roles told in one batch, beside a snapshot's beginning and end. */
const HOLDERS_AT_ONCE = MAX_EVENTS - 2;

const reportEvents = { ...contractFacingMethods.reportEvents, name: 'reportEvents' } as const;

/**
 * Who has roles in a contract now: up to `limit` of them from position `from` on, and fewer only at the end.
 * Removing a holder may change the positions of others; adding one must not move any to the front. `null` while the
 * contract cannot tell: its snapshot then says nothing of roles.
 */
export type HolderPages = (from: number, limit: number) => readonly RoleHolder<string>[] | null;

/**
 * The durable outbox through which a contract's factory learns of changes: in order, until confirmed.
 *
 * When too much waits, events are dropped and counted, and once the rest is through the contract tells
 * everything anew, in a snapshot. The same when the factory asks for one because it no longer knows the
 * contract as it is, and when the factory turns out to know more than the contract does.
 *
 * @param holders needed for snapshots of who has roles; without it they tell of status and visibility only.
 */
export function reporter(
  space: ByteStore,
  identity: Cell<Identity>,
  autoUpdate: () => boolean,
  holders: HolderPages | null,
) {
  const outbox = new Queue(space, stored(1, ContractEvent), { max: MAX_WAITING });
  const context = new MessageContext();
  let retry = FIRST_RETRY;
  /** Since when the oldest event waits. On the heap: an upgrade makes it later than it is. */
  let waitingSince: bigint | null = null;

  const sender = worker(async () => {
    if (outbox.size === 0) tellNextPage();
    const events = outbox.peekMany(MAX_EVENTS);
    if (events.length === 0) return null;
    const first = BigInt(outbox.popped);
    const { factory, epoch, dropped } = identity.get();
    waitingSince ??= context.now;
    const report = { epoch, first, events, dropped, waitingSince };
    const outcome = await call(factory, reportEvents, [report]);
    if (!outcome.ok || 'Err' in outcome.value) {
      const known = outcome.ok && 'Err' in outcome.value ? outcome.value.Err.code : null;
      if (known === 'factory.epoch_passed') restart();
      retry = Math.min(retry * 2, LAST_RETRY);
      return retry;
    }
    retry = FIRST_RETRY;
    const { next, snapshotWanted } = outcome.value.Ok;
    // It heard what we never sent: our state was put back to an earlier one.
    if (next > first + BigInt(events.length)) restart();
    // The factory's next number, not our count: part of the batch may have arrived before.
    else outbox.drop(Number(next) - outbox.popped);
    waitingSince = outbox.size > 0 ? context.now : null;
    const { snapshot } = identity.get();
    if (snapshotWanted && snapshot === null) beginSnapshot();
    return outbox.size > 0 || identity.get().snapshot !== null ? 0 : null;
  });

  /** A new life, from the number that comes next; the factory is told everything anew. */
  function restart(): void {
    identity.set({ ...identity.get(), epoch: context.now, dropped: 0 });
    beginSnapshot();
  }

  function beginSnapshot(): void {
    identity.set({ ...identity.get(), snapshot: { begun: false, from: 0 } });
    sender.wake();
  }

  /** Queues the next page of a snapshot. Called when nothing waits, so the page is in its order. */
  function tellNextPage(): void {
    const known = identity.get();
    if (known.snapshot === null) return;
    const { begun, from } = known.snapshot;
    const told = holders?.(from, HOLDERS_AT_ONCE) ?? null;
    if (!begun) {
      const { status, isPublic } = known;
      const begin = { status, isPublic, autoUpdate: autoUpdate(), roles: told !== null };
      outbox.push({ SnapshotBegun: begin });
    }
    const page = told ?? [];
    for (const { role, principal: user } of page) outbox.push({ RoleAdded: { role, user } });
    const ends = page.length < HOLDERS_AT_ONCE;
    if (ends) outbox.push({ SnapshotEnded: null });
    const snapshot = ends ? null : { begun: true, from: from + page.length };
    identity.set({ ...known, snapshot });
  }

  return {
    outbox,
    /** Tells the factory, sooner or later. Never fails; past the bound the event is dropped and counted. */
    notify(event: ContractEvent): void {
      const known = identity.get();
      if (known.factory.length === 0) return;
      if (outbox.size === 0) waitingSince = context.now;
      if (!outbox.push(event)) {
        const snapshot = { begun: false, from: 0 };
        identity.set({ ...known, dropped: known.dropped + 1, snapshot });
      } else if (known.snapshot?.begun === true && 'RoleRemoved' in event) {
        // Those behind may have moved to where the snapshot was already.
        identity.set({ ...known, snapshot: { begun: true, from: 0 } });
      }
      sender.wake();
    },
    restart,
    /** To be called after an upgrade. */
    resume(): void {
      if (outbox.size > 0 || identity.get().snapshot !== null) sender.wake();
    },
  };
}
