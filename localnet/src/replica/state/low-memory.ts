import type { Canister } from './canister.ts';

const PAGE = 65_536n;
/** Heap of a canister without a limit: 4 GiB. */
const MAX_HEAP = 1n << 32n;

/** Makes the low-memory hook due when less than the threshold remains, once until there is more. */
export function noteLowMemory(canister: Canister): void {
  const { code, settings } = canister;
  if (!code?.heap.module.entryPoints.has('canister_on_low_wasm_memory')) return;
  const limit = settings.wasmMemoryLimit === 0n ? MAX_HEAP : settings.wasmMemoryLimit;
  const remaining = limit - BigInt(code.heap.pages) * PAGE;
  if (remaining >= settings.wasmMemoryThreshold) canister.lowMemory = 'enough';
  else if (canister.lowMemory === 'enough') canister.lowMemory = 'due';
}
