import type { Outcome } from '../ic/call-raw.ts';
import { call } from '../runtime/call.ts';
import { Management, MANAGEMENT_ID } from './service.ts';

const { methods } = Management;

/** Stops a canister once it has no calls open; the platform gives up after five minutes. */
export function stopCanister(canister: Uint8Array): Promise<Outcome<null>> {
  return call(MANAGEMENT_ID, methods.stop_canister, [{ canister_id: canister }]);
}

/** Starts a canister; also ends a stop that is under way. */
export function startCanister(canister: Uint8Array): Promise<Outcome<null>> {
  return call(MANAGEMENT_ID, methods.start_canister, [{ canister_id: canister }]);
}

/** A snapshot of a canister. */
export interface Snapshot {
  readonly id: Uint8Array;
  /** Nanoseconds since the epoch. */
  readonly takenAt: bigint;
}

/** Takes a snapshot of a canister's code and state; a canister has ten at most. */
export async function takeSnapshot(canister: Uint8Array): Promise<Outcome<Snapshot>> {
  const args = [{ canister_id: canister }] as const;
  const outcome = await call(MANAGEMENT_ID, methods.take_canister_snapshot, args);
  if (!outcome.ok) return outcome;
  return { ok: true, value: told(outcome.value) };
}

/** The snapshots that a canister has. */
export async function listSnapshots(canister: Uint8Array): Promise<Outcome<Snapshot[]>> {
  const args = [{ canister_id: canister }] as const;
  const outcome = await call(MANAGEMENT_ID, methods.list_canister_snapshots, args);
  return outcome.ok ? { ok: true, value: outcome.value.map(told) } : outcome;
}

/** Puts a canister back to the code and state of a snapshot. */
export function loadSnapshot(canister: Uint8Array, snapshot: Uint8Array): Promise<Outcome<null>> {
  const args = [{ canister_id: canister, snapshot_id: snapshot }] as const;
  return call(MANAGEMENT_ID, methods.load_canister_snapshot, args);
}

/** Deletes a snapshot. */
export function deleteSnapshot(canister: Uint8Array, snapshot: Uint8Array): Promise<Outcome<null>> {
  const args = [{ canister_id: canister, snapshot_id: snapshot }] as const;
  return call(MANAGEMENT_ID, methods.delete_canister_snapshot, args);
}

/** What anyone may know of a canister: module and controllers. */
export interface PublicFacts {
  readonly moduleHash: Uint8Array | null;
  readonly controllers: readonly Uint8Array[];
}

/** Asks what anyone may know of a canister. */
export async function publicFacts(canister: Uint8Array): Promise<Outcome<PublicFacts>> {
  const args = [{ canister_id: canister, num_requested_changes: null }] as const;
  const outcome = await call(MANAGEMENT_ID, methods.canister_info, args);
  if (!outcome.ok) return outcome;
  const { module_hash: moduleHash, controllers } = outcome.value;
  return { ok: true, value: { moduleHash, controllers } };
}

function told(snapshot: { id: Uint8Array; taken_at_timestamp: bigint }): Snapshot {
  return { id: snapshot.id, takenAt: snapshot.taken_at_timestamp };
}
