import type { Principal } from '@dfinity/principal';

import { LIMITS } from '../config/limits.ts';
import { MANAGEMENT_INSTRUCTIONS } from '../config/prices.ts';
import { executionCost } from '../cycles/costs.ts';
import { withdraw } from '../cycles/prepay.ts';
import { Refused } from '../errors/rejection.ts';
import { keyOf } from '../ids.ts';
import type { Canister } from '../state/canister.ts';
import { Heap } from '../state/heap.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { type Context, controlled, controlledOrSelf, originOf } from './call.ts';
import { uninstall } from './uninstall.ts';

type Opt<T> = readonly [T] | readonly [];

/** `take_canister_snapshot`. */
export function takeCanisterSnapshot(
  context: Context,
  argument: {
    canister_id: Principal;
    replace_snapshot: Opt<Uint8Array>;
    uninstall_code: Opt<boolean>;
    sender_canister_version: Opt<bigint>;
  },
): unknown {
  const { world } = context;
  const canister = controlledOrSelf(context, argument.canister_id.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  const [replaced] = argument.replace_snapshot;
  if (replaced) find(canister, replaced);
  else if (canister.snapshots.size >= LIMITS.snapshots) {
    throw new Refused(
      'CanisterRejectedMessage',
      `Canister ${canister.text} has reached the maximum number of snapshots allowed: ${LIMITS.snapshots}.`,
    );
  }
  const { code } = canister;
  if (code === null) {
    const text = `Failed to create snapshot for empty canister ${canister.text}`;
    throw new Refused('CanisterRejectedMessage', text);
  }
  pay(context, canister);
  const heap = code.heap.image();
  const stable = canister.stable.image();
  const chunks = canister.chunks.copy();
  const snapshot: Snapshot = {
    id: snapshotId(canister),
    takenAt: world.time,
    canisterVersion: canister.version,
    module: code.heap.module,
    moduleSize: code.moduleSize,
    heap,
    stable,
    chunks,
    certifiedData: canister.certifiedData,
    globalTimer: canister.globalTimer,
    size: heap.bytes.length + stable.pages * 65_536 + code.moduleSize + chunks.byteLength,
  };
  if (replaced) canister.snapshots.delete(keyOf(replaced));
  canister.snapshots.set(keyOf(snapshot.id), snapshot);
  if (argument.uninstall_code[0] === true) uninstall(world, canister, origin);
  return candidSnapshot(snapshot);
}

/** `load_canister_snapshot`: of this canister, or of another one the caller controls as well. */
export function loadCanisterSnapshot(
  context: Context,
  argument: {
    canister_id: Principal;
    snapshot_id: Uint8Array;
    sender_canister_version: Opt<bigint>;
  },
): undefined {
  const { world } = context;
  const canister = controlledOrSelf(context, argument.canister_id.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  const id = argument.snapshot_id;
  const snapshot = find(ownerOf(context, canister, id), id);
  pay(context, canister);
  canister.code?.heap.discard();
  const heap = Heap.from(world.heaps, snapshot.module, snapshot.heap);
  canister.code = { heap, moduleSize: snapshot.moduleSize };
  canister.stable.restore(snapshot.stable);
  canister.chunks = snapshot.chunks.copy();
  canister.certifiedData = snapshot.certifiedData;
  canister.globalTimer = snapshot.globalTimer;
  canister.version += 1n;
  canister.history.add({
    time: world.time,
    version: canister.version,
    origin,
    details: {
      load_snapshot: {
        canister_version: snapshot.canisterVersion,
        snapshot_id: snapshot.id,
        taken_at_timestamp: snapshot.takenAt,
      },
    },
  });
}

/** `list_canister_snapshots`. */
export function listCanisterSnapshots(
  context: Context,
  { canister_id }: { canister_id: Principal },
): unknown {
  const canister = controlledOrSelf(context, canister_id.toUint8Array());
  return [...canister.snapshots.values()].map(candidSnapshot);
}

/** `delete_canister_snapshot`. */
export function deleteCanisterSnapshot(
  context: Context,
  argument: { canister_id: Principal; snapshot_id: Uint8Array },
): undefined {
  const canister = controlledOrSelf(context, argument.canister_id.toUint8Array());
  canister.snapshots.delete(keyOf(find(canister, argument.snapshot_id).id));
}

function candidSnapshot({ id, takenAt, size }: Snapshot): unknown {
  return { id, taken_at_timestamp: takenAt, total_size: BigInt(size) };
}

/** A new id: the canister's, then a number. */
function snapshotId(canister: Canister): Uint8Array {
  const id = new Uint8Array(canister.id.length + 8);
  id.set(canister.id);
  new DataView(id.buffer).setBigUint64(canister.id.length, canister.nextSnapshot);
  canister.nextSnapshot += 1n;
  return id;
}

/** The canister a snapshot id belongs to; another's is only for those who control it. */
function ownerOf(context: Context, canister: Canister, id: Uint8Array): Canister {
  const owner = id.subarray(0, Math.max(0, id.length - 8));
  if (keyOf(owner) === canister.key) return canister;
  const other = context.world.canister(owner);
  if (other === null) return canister;
  if (other.subnet !== canister.subnet) {
    throw new Refused(
      'CanisterRejectedMessage',
      `The snapshot ${keyOf(id)} does not belong to canister ${canister.text}.`,
    );
  }
  return controlled(context, owner);
}

function find(canister: Canister, id: Uint8Array): Snapshot {
  const snapshot = canister.snapshots.get(keyOf(id));
  if (snapshot) return snapshot;
  throw new Refused(
    'CanisterSnapshotNotFound',
    `Could not find the snapshot ID ${keyOf(id)} for canister ${canister.text}.`,
  );
}

function pay({ call }: Context, canister: Canister): void {
  const cost = executionCost(canister.subnet, MANAGEMENT_INSTRUCTIONS.snapshot, false);
  const refused = withdraw(canister, cost, call.caller);
  if (refused === null) return;
  const text = `Canister snapshotting failed with: \`${refused.message}\``;
  throw new Refused('CanisterOutOfCycles', text);
}
