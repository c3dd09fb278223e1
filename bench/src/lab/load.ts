import { Loader } from '../canisters/services.ts';
import type { Lab } from './lab.ts';
import { benchModule } from './modules.ts';
import type { PreparedStore } from './prepared-store.ts';

/**
 * Writes entries into a canister's stable maps: its module is replaced by a loader and brought back.
 *
 * @param maps the entries of each map, from map 0.
 * @returns the instructions of the upgrade that brought it back.
 */
export async function load(
  lab: Lab,
  id: Uint8Array,
  module: Uint8Array,
  ...maps: readonly PreparedStore[]
): Promise<number> {
  await lab.install(id, await benchModule('loader.ts', Loader), undefined, 'upgrade');
  for (const [map, entries] of maps.entries()) {
    for (const batch of entries.batches()) await lab.call(Loader, id, 'load', [map, batch]);
  }
  return lab.install(id, module, undefined, 'upgrade');
}
