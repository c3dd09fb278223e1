import { Principal } from '@dfinity/principal';

import { idlePerDay } from '../cycles/costs.ts';
import { memoryMetrics, memoryUsage } from '../state/memory-usage.ts';
import { type Context, controlledOrSelf } from './call.ts';
import { candidVisibility } from './settings.ts';

/** `canister_status`, as call and as query. Query statistics are not gathered: all zero. */
export function canisterStatus(
  context: Context,
  { canister_id }: { canister_id: Principal },
): unknown {
  const canister = controlledOrSelf(context, canister_id.toUint8Array());
  const { status, settings, code } = canister;
  const usage = memoryMetrics(canister);
  const total = memoryUsage(canister);
  return {
    status: { [status.kind]: null },
    ready_for_migration: status.kind === 'stopped' && canister.callbacks.size === 0,
    version: canister.version,
    settings: {
      controllers: canister.controllers.map((id) => Principal.fromUint8Array(id)),
      compute_allocation: settings.computeAllocation,
      memory_allocation: settings.memoryAllocation,
      freezing_threshold: settings.freezingThreshold,
      reserved_cycles_limit: settings.reservedCyclesLimit,
      log_visibility: candidVisibility(settings.logVisibility),
      snapshot_visibility: candidVisibility(settings.snapshotVisibility),
      wasm_memory_limit: settings.wasmMemoryLimit,
      wasm_memory_threshold: settings.wasmMemoryThreshold,
      environment_variables: [...settings.environment].map(([name, value]) => ({ name, value })),
    },
    module_hash: code ? [code.heap.module.hash] : [],
    memory_size: BigInt(total),
    memory_metrics: {
      wasm_memory_size: BigInt(usage.wasmMemory),
      stable_memory_size: BigInt(usage.stableMemory),
      global_memory_size: BigInt(usage.globalMemory),
      wasm_binary_size: BigInt(usage.wasmBinary),
      custom_sections_size: BigInt(usage.customSections),
      canister_history_size: 0n,
      wasm_chunk_store_size: BigInt(usage.wasmChunkStore),
      snapshots_size: BigInt(usage.snapshots),
    },
    cycles: canister.cycles,
    reserved_cycles: 0n,
    idle_cycles_burned_per_day: idlePerDay(canister, total),
    query_stats: {
      num_calls_total: 0n,
      num_instructions_total: 0n,
      request_payload_bytes_total: 0n,
      response_payload_bytes_total: 0n,
    },
  };
}
