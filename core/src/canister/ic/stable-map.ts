import { StableBTreeMap } from 'azle';
import type { ByteStore } from '../../store/index.ts';

const asIs = { toBytes: (bytes: Uint8Array) => bytes, fromBytes: (bytes: Uint8Array) => bytes };

/**
 * The canister's one stable map. Each further map would take 8 MiB of stable memory for good, so
 * everything shares this one through keyspaces.
 */
export function openMemory(): ByteStore {
  const map = new StableBTreeMap<Uint8Array, Uint8Array>(0, asIs, asIs);
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.insert(key, value),
    delete: (key) => void map.remove(key),
  };
}
