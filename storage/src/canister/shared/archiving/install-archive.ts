import { canisterFacts, installModule, type Context } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';
import type { Archives, Move } from '../../../model/archive/archives.ts';
import type { ArchivingParts, Progress } from './parts.ts';

/**
 * Installs the archive's code, over whatever an earlier attempt left: it holds no entries yet. Has the platform
 * confirm that the code is that of this canister, and that nobody else controls it.
 */
export async function installArchive(
  { archives, access, encodeInit }: ArchivingParts,
  move: Move,
  { self }: Context,
): Promise<Progress> {
  const { module } = archives;
  if (module === null) return { failed: 'No module is registered.' };
  const { archive, from, to, previous, hash } = move;
  const current: Move = { ...move, whitelist: access.version };
  archives.installing(current);
  const origin = { parent: self, from, to, previous, hash };
  const argument = encodeInit([access.whitelist, origin]);
  const installed = await installModule(archive, { ...module, store: self }, argument);
  if (!isStill(archives, move)) return 'moved';
  if (!installed.ok) return { failed: installed.failure.message };

  const failed = await foreign(archive, module.hash, self);
  if (!isStill(archives, move)) return 'moved';
  if (failed !== null) return { failed };
  archives.copied(current, Number(from));
  return 'moved';
}

/** Why a canister is not an archive of ours; `null` if it is one. */
export async function foreign(
  archive: Uint8Array,
  hash: Uint8Array,
  self: Uint8Array,
): Promise<string | null> {
  const facts = await canisterFacts(archive);
  if (!facts.ok) return facts.failure.message;
  const { moduleHash, controllers } = facts.value;
  if (moduleHash === null || !equal(moduleHash, hash)) return 'The archive runs another module.';
  const [controller] = controllers;
  const alone = controllers.length === 1 && controller !== undefined && equal(controller, self);
  return alone ? null : 'The archive has other controllers than its log.';
}

/** False once an administrator gave this archive up. */
export function isStill(archives: Archives, { archive }: Move): boolean {
  const { state } = archives;
  const now = 'Installing' in state ? state.Installing : 'Copying' in state ? state.Copying : null;
  return now !== null && equal(now.archive, archive);
}
