import { canister, handle, openMemory } from '@fabrica/core/canister';
import { Loader } from './services.ts';

const maps = [openMemory(0), openMemory(1), openMemory(2)];

const load = handle(Loader.methods.load, (map, bytes) => {
  const memory = maps[map]!;
  let at = 0;
  let entries = 0;
  while (at < bytes.length) {
    const key = at + 4;
    const value = key + ((bytes[at]! << 8) | bytes[at + 1]!);
    const end = value + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    memory.set(bytes.slice(key, value), bytes.slice(value, end));
    at = end;
    entries += 1;
  }
  return entries;
});

export default canister({ service: Loader, methods: { load } });
