import type { Outcome } from '../ic/call-raw.ts';
import { call } from '../runtime/call.ts';
import { Management, MANAGEMENT_ID } from './service.ts';

const { methods } = Management;

/** A canister's module and controllers, as the platform has them. */
export interface CanisterFacts {
  readonly status: 'running' | 'stopping' | 'stopped';
  /** SHA-256 of the module as it was sent; `null` if the canister is empty. */
  readonly moduleHash: Uint8Array | null;
  readonly controllers: readonly Uint8Array[];
  readonly cycles: bigint;
  /** Cycles that it burns in a day by existing. */
  readonly burnedPerDay: bigint;
  /** Seconds of existing for which it keeps cycles back: with less it freezes. */
  readonly freezingThreshold: bigint;
}

/** A module in a chunk store. */
export interface StoredModule {
  readonly hash: Uint8Array;
  readonly chunks: readonly Uint8Array[];
  /** Whose chunk store. */
  readonly store: Uint8Array;
}

/** Creates an empty canister with `cycles`, out of which the platform takes its fee. */
export async function createCanister(
  controllers: readonly Uint8Array[],
  cycles: bigint,
): Promise<Outcome<Uint8Array>> {
  const args = [{ settings: { controllers } }] as const;
  const outcome = await call(MANAGEMENT_ID, methods.create_canister, args, { cycles });
  return outcome.ok ? { ok: true, value: outcome.value.canister_id } : outcome;
}

const MODES = {
  install: { install: null },
  reinstall: { reinstall: null },
  upgrade: { upgrade: null },
} as const;

/**
 * Installs a stored module: over whatever the canister holds, as one left over from a failed deployment
 * may still hold code; or, as an upgrade, keeping its stable memory; or only if the canister is empty.
 */
export function installModule(
  canister: Uint8Array,
  module: StoredModule,
  argument: Uint8Array,
  mode: keyof typeof MODES = 'reinstall',
): Promise<Outcome<null>> {
  return call(MANAGEMENT_ID, methods.install_chunked_code, [
    {
      mode: MODES[mode],
      target_canister: canister,
      store_canister: module.store,
      chunk_hashes_list: module.chunks.map((hash) => ({ hash })),
      wasm_module_hash: module.hash,
      arg: argument,
    },
  ]);
}

/** Takes a canister's code and state away; its cycles and controllers stay. */
export function uninstallCode(canister: Uint8Array): Promise<Outcome<null>> {
  return call(MANAGEMENT_ID, methods.uninstall_code, [{ canister_id: canister }]);
}

/** What a canister runs and who controls it. Only its controllers may ask. */
export async function canisterFacts(canister: Uint8Array): Promise<Outcome<CanisterFacts>> {
  const outcome = await call(MANAGEMENT_ID, methods.canister_status, [{ canister_id: canister }]);
  if (!outcome.ok) return outcome;
  const { status: variant, module_hash: moduleHash, settings, cycles } = outcome.value;
  const status = 'running' in variant ? 'running' : 'stopped' in variant ? 'stopped' : 'stopping';
  const { controllers, freezing_threshold: freezingThreshold } = settings;
  const burnedPerDay = outcome.value.idle_cycles_burned_per_day;
  const burning = { cycles, burnedPerDay, freezingThreshold };
  return { ok: true, value: { status, moduleHash, controllers, ...burning } };
}

/** Replaces a canister's controllers. */
export function setControllers(
  canister: Uint8Array,
  controllers: readonly Uint8Array[],
): Promise<Outcome<null>> {
  return call(MANAGEMENT_ID, methods.update_settings, [
    { canister_id: canister, settings: { controllers } },
  ]);
}

/** Puts a piece of a module, at most 1 MiB, into a canister's chunk store. @returns its SHA-256. */
export async function uploadChunk(
  canister: Uint8Array,
  chunk: Uint8Array,
): Promise<Outcome<Uint8Array>> {
  const outcome = await call(MANAGEMENT_ID, methods.upload_chunk, [
    { canister_id: canister, chunk },
  ]);
  return outcome.ok ? { ok: true, value: outcome.value.hash } : outcome;
}

/** The hashes of the pieces in a canister's chunk store. */
export async function storedChunks(canister: Uint8Array): Promise<Outcome<Uint8Array[]>> {
  const outcome = await call(MANAGEMENT_ID, methods.stored_chunks, [{ canister_id: canister }]);
  return outcome.ok ? { ok: true, value: outcome.value.map(({ hash }) => hash) } : outcome;
}
