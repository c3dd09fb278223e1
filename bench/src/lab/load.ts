import { Loader } from '../canisters/services.ts';
import type { Lab } from './lab.ts';
import { benchModule } from './modules.ts';
import type { PreparedStore } from './prepared-store.ts';

/**
 * Writes entries into a canister's stable memory: its module is replaced by a loader and brought back.
 *
 * @returns the instructions of the upgrade that brought it back.
 */
export async function load(
  lab: Lab,
  id: Uint8Array,
  module: Uint8Array,
  entries: PreparedStore,
): Promise<number> {
  await lab.install(id, await benchModule('loader.ts', Loader), undefined, 'upgrade');
  for (const batch of entries.batches()) await lab.call(Loader, id, 'load', [batch]);
  return lab.install(id, module, undefined, 'upgrade');
}
