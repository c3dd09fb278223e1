import type { Context } from '@fabrica/core/canister';
import type { Whitelist } from '../../candid.ts';
import type { Access } from '../../model/access.ts';
import type { Log } from '../../model/log.ts';
import { certifyTip } from './certified-tip.ts';

/**
 * Installs a storage with its first whitelist.
 *
 * @throws Error if the whitelist cannot stand, so that the installation fails with the reason.
 */
export function install(
  { log, access }: { log: Log; access: Access },
  whitelist: Whitelist,
  { caller, now }: Context,
): void {
  const result = access.install(caller, whitelist, now);
  if ('Err' in result) throw new Error(`${result.Err.message} ${result.Err.action}`);
  certifyTip(log);
}
