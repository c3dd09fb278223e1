import { call } from '@fabrica/core/canister';
import type { ArchivingParts, Progress } from './parts.ts';

/** Gives the newest whitelist to the archives that have an older one, each on its own: one that fails holds up none. */
export async function giveWhitelist({
  archives,
  access,
  methods,
}: ArchivingParts): Promise<Progress> {
  const { version, whitelist } = access;
  let failed: string | null = null;
  for (const number of archives.withoutWhitelist(version)) {
    const [range] = archives.ranges(number, 1);
    const told = await call(range!.archive, methods.setupWhitelist, [whitelist]);
    if (!told.ok) failed = told.failure.message;
    else if ('Err' in told.value) failed = `${told.value.Err.code}: ${told.value.Err.message}`;
    else archives.gaveWhitelist(number, version);
  }
  if (failed !== null) return { failed };
  return access.version === version ? 'idle' : 'moved';
}
