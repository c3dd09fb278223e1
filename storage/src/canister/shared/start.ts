import type { Context } from '@fabrica/core/canister';
import type { ArchiveOrigin, Whitelist } from '../../candid.ts';
import type { Access } from '../../model/access.ts';
import type { Adoption } from '../../model/archive/adoption.ts';
import type { Log } from '../../model/log.ts';
import type { Archivist } from './archivist.ts';
import { certifyTip } from './certified-tip.ts';

/**
 * Installs a storage with its first whitelist, and as an archive if it has an origin.
 *
 * @throws Error if the whitelist cannot stand, so that the installation fails with the reason.
 */
export function install(
  { log, access, adoption }: { log: Log; access: Access; adoption: Adoption },
  whitelist: Whitelist,
  origin: ArchiveOrigin | null,
  { caller, now }: Context,
): void {
  const result = access.install(caller, whitelist, now);
  if ('Err' in result) throw new Error(`${result.Err.message} ${result.Err.action}`);
  if (origin !== null) adoption.install(origin);
  certifyTip(log);
}

/** Goes on after an upgrade: the platform clears certified data, and timers are lost. */
export function resume({ log }: { log: Log }, archivist: Archivist): void {
  certifyTip(log);
  archivist.wake();
}
