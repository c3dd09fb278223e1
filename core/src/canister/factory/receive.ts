import type { Refused } from '../../errors/index.ts';
import {
  factoryErrors,
  statusesOf,
  type ContractEvent,
  type Receipt,
} from '../../factory/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import { SNAPSHOT, type ContractRecord } from '../../model/directory/contract-record.ts';
import { tellsOtherwise } from '../../model/directory/directory.ts';
import { hear, type Hearing } from '../../model/directory/hear.ts';
import { refuseEmitted } from './emitted.ts';
import type { Kernel } from './kernel.ts';

/** Where events come from. A contract that names no epoch goes on in the one it last told. */
interface Source {
  readonly first: bigint;
  readonly epoch?: bigint;
  readonly dropped?: number;
  readonly waitingSince?: bigint;
}

/** Applies what is new of a contract's events. `record` is that of the transport's caller. */
export function receive(
  kernel: Kernel,
  record: ContractRecord,
  source: Source,
  events: readonly ContractEvent[],
  now: bigint,
): Refused | { readonly Ok: Receipt } {
  const { number } = record;
  // What code says that may yet be taken back is not heard; the contract sends it again.
  if (kernel.upgrades.open.includes(number)) return factoryErrors.upgrade_under_way();
  if (record.isSweeping) return factoryErrors.snapshot_unfinished();
  const { first, epoch = record.epoch, dropped = record.dropped } = source;
  const hearing = hear(record, { first, epoch, dropped });
  if (hearing.kind === 'refused') {
    return factoryErrors.epoch_passed({ epoch: record.epoch });
  }
  if (hearing.kind === 'gap') return factoryErrors.sequence_gap({ expected: hearing.expected });
  const { expected } = hearing;
  const fresh = untilSnapshot(events.slice(Number(expected - first)));
  for (const event of fresh) {
    const refused = refuseEvent(kernel, event) ?? refuseRetired(record, event);
    if (refused !== null) return refused;
  }
  if (fresh.length > 0) {
    if (kernel.refreshes.isFull || kernel.sweeps.isFull) return factoryErrors.too_many_refreshes();
    const left = kernel.directory.apply(record, fresh);
    if (left !== null && kernel.refreshes.push(left)) kernel.refresher.wake();
    if (record.isSweeping) sweep(kernel, number, record.members);
    for (const event of fresh) {
      keepChoice(kernel, number, event);
      if ('Emitted' in event) kernel.emitted.add(number, event.Emitted, now);
    }
    kernel.callbacks.add(fresh.length);
    note(kernel, hearing, fresh, now - (source.waitingSince ?? now));
  }
  const next = expected + BigInt(fresh.length);
  return { Ok: { next, snapshotWanted: record.snapshot === SNAPSHOT.wanted } };
}

/** Up to the end of a snapshot: what follows is heard when the lists agree with it. */
function untilSnapshot(events: readonly ContractEvent[]): readonly ContractEvent[] {
  const end = events.findIndex((event) => 'SnapshotEnded' in event);
  return end < 0 ? events : events.slice(0, end + 1);
}

function sweep(kernel: Kernel, contract: number, member: number): void {
  const left = kernel.directory.sweep({ contract, member });
  if (left !== null && kernel.sweeps.push(left)) kernel.sweeper.wake();
}

function keepChoice({ upgrades }: Kernel, number: number, event: ContractEvent): void {
  if ('AutoUpdateChanged' in event) {
    upgrades.choose(number, { autoUpgrade: event.AutoUpdateChanged });
  }
  if ('SnapshotBegun' in event) {
    upgrades.choose(number, { autoUpgrade: event.SnapshotBegun.autoUpdate });
  }
}

/** Writes down what is out of the ordinary, so that an ordinary report costs nothing here. */
function note(
  { hearsay }: Kernel,
  { dropped, reborn }: Extract<Hearing, { kind: 'heard' }>,
  fresh: readonly ContractEvent[],
  lag: bigint,
): void {
  const before = hearsay.get();
  const snapshot = fresh.some((event) => 'SnapshotBegun' in event);
  const longer = lag > before.longestLag;
  if (dropped === 0 && !reborn && !snapshot && !longer && lag < SLOW && before.lastLag < SLOW) {
    return;
  }
  hearsay.set({
    dropped: before.dropped + BigInt(dropped),
    reborn: before.reborn + (reborn ? 1 : 0),
    snapshots: before.snapshots + (snapshot ? 1 : 0),
    lastLag: lag > 0n ? lag : 0n,
    longestLag: longer ? lag : before.longestLag,
  });
}

/** Nanoseconds from which on a report counts as late: ten seconds. */
const SLOW = 10_000_000_000n;

/** A contract that was retired is told of as such until its owner brings it back, whatever it says. */
function refuseRetired(record: ContractRecord, event: ContractEvent): Refused | null {
  return tellsOtherwise(event) && record.info.status === RETIRED ? factoryErrors.retired() : null;
}

function refuseEvent({ definition }: Kernel, event: ContractEvent): Refused | null {
  const status =
    'StatusChanged' in event
      ? event.StatusChanged
      : 'SnapshotBegun' in event
        ? event.SnapshotBegun.status
        : null;
  if (status !== null && !statusesOf(definition).includes(status)) {
    return factoryErrors.unknown_status({ status, statuses: statusesOf(definition).join(', ') });
  }
  if ('Emitted' in event) return refuseEmitted(definition, event.Emitted);
  const change =
    'RoleAdded' in event ? event.RoleAdded : 'RoleRemoved' in event && event.RoleRemoved;
  if (change && !definition.roles.includes(change.role)) {
    return factoryErrors.unknown_role({ role: change.role, roles: definition.roles.join(', ') });
  }
  return null;
}
