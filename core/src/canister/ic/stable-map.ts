import type { ByteStore } from '../../store/index.ts';
import { host, isBuilding } from './host.ts';

/** The number of the canister's one stable map. */
const MEMORY = 0;

/**
 * The canister's one stable map. Each further map would take 8 MiB of stable memory for good, so
 * everything shares this one through keyspaces.
 */
export function openMemory(): ByteStore {
  if (!isBuilding) host.stableBTreeMapInit(MEMORY);
  return {
    get: (key) => host.stableBTreeMapGet(MEMORY, key) ?? null,
    set: (key, value) => void host.stableBTreeMapInsert(MEMORY, key, value),
    delete: (key) => void host.stableBTreeMapRemove(MEMORY, key),
  };
}
