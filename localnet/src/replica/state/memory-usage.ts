import type { Canister } from './canister.ts';

const PAGE = 65_536;

/** Bytes per kind of memory, as `canister_status` reports them. */
export interface MemoryMetrics {
  readonly wasmMemory: number;
  readonly stableMemory: number;
  readonly globalMemory: number;
  readonly wasmBinary: number;
  readonly customSections: number;
  readonly wasmChunkStore: number;
  readonly snapshots: number;
}

/** What a canister uses. History is not counted. */
export function memoryMetrics(canister: Canister): MemoryMetrics {
  const { code, stable, chunks, snapshots } = canister;
  const module = code?.heap.module;
  let sections = 0;
  for (const { content } of module?.metadata.values() ?? []) sections += content.length;
  let saved = 0;
  for (const { size } of snapshots.values()) saved += size;
  return {
    wasmMemory: (code?.heap.pages ?? 0) * PAGE,
    stableMemory: stable.byteLength,
    globalMemory: (module?.names.mutableGlobals.length ?? 0) * 8,
    wasmBinary: code?.moduleSize ?? 0,
    customSections: sections,
    wasmChunkStore: chunks.byteLength,
    snapshots: saved,
  };
}

/** The sum of it, in bytes. */
export function memoryUsage(canister: Canister): number {
  const usage = memoryMetrics(canister);
  let sum = 0;
  for (const bytes of Object.values(usage) as number[]) sum += bytes;
  return sum;
}
