import type { ByteStore } from '../../store/index.ts';
import { host, isBuilding } from './host.ts';

/**
 * One of the canister's stable maps. Each takes stable memory in steps of 8 MiB, so few exist, and all else
 * shares them through keyspaces: the first is for whatever is small. The map writes a value together with its
 * neighbours, up to eleven, so that large values among small ones would make every write dear; a canister that
 * has many keeps them in a second map.
 *
 * @param memory its number, from 0; the same map for ever.
 */
export function openMemory(memory = 0): ByteStore {
  if (!isBuilding) host.stableBTreeMapInit(memory);
  return {
    get: (key) => host.stableBTreeMapGet(memory, key) ?? null,
    set: (key, value) => void host.stableBTreeMapInsert(memory, key, value),
    delete: (key) => void host.stableBTreeMapRemove(memory, key),
  };
}
