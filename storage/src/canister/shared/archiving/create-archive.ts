import { createCanister, publicFacts, type Context } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';
import type { ArchivingParts, Progress } from './parts.ts';

/** Creates the canister of an archive, which this canister alone controls. */
export async function createArchive(
  { archives, access, book }: ArchivingParts,
  { self }: Context,
): Promise<Progress> {
  const own = await publicFacts(self);
  if (!own.ok) return { failed: own.failure.message };
  const { module } = archives;
  const { moduleHash } = own.value;
  if (module === null || moduleHash === null || !equal(module.hash, moduleHash)) {
    return { failed: 'The registered module is not the one that runs here: register it anew.' };
  }

  archives.creating();
  const created = await createCanister([self], archives.settings.cycles);
  if (!created.ok) {
    archives.notCreated(false);
    return { failed: created.failure.message };
  }
  const { from, to } = archives.nextRange();
  archives.installing({
    archive: created.value,
    from: BigInt(from),
    to: BigInt(to),
    previous: book.read(from).previous,
    hash: book.read(to).previous,
    whitelist: access.version,
  });
  return 'moved';
}
