import { handle } from '../runtime/handle.ts';
import { factoryErrors, factoryMethods, type VersionRegistration } from '../../factory/index.ts';
import { parseVersion } from '../../model/semver.ts';
import { parseRange } from '../../model/upgrades/index.ts';
import { binary } from '../../store/index.ts';
import { storedChunks, uploadChunk } from '../management/platform.ts';
import { administered, refuseAdministrator } from './access.ts';
import { described, hex } from './describe.ts';
import type { Kernel } from './kernel.ts';
import { indexOfVersion, MAX_VERSIONS, UNSAID, type VersionRecord } from './version-store.ts';

/** Versions in a page that names no limit, and in any page at most. */
const MAX_LIMIT = 50;

/** Puts a piece of a module into the factory's chunk store; the platform computes its hash. */
export const uploadModuleChunk = (kernel: Kernel) =>
  handle(factoryMethods.uploadModuleChunk, async (chunk, context) => {
    const refused = refuseAdministrator(kernel, context, 'Publisher');
    if (refused !== null) return refused;
    const outcome = await uploadChunk(context.self, chunk);
    if (!outcome.ok) return factoryErrors.platform_failed({ reason: outcome.failure.message });
    return { Ok: outcome.value };
  });

/**
 * The pieces that are in the factory's chunk store, so that an upload that was cut short can go on: in
 * any order, and only what is missing.
 */
export const getModuleChunks = (kernel: Kernel) =>
  handle(factoryMethods.getModuleChunks, async (context) => {
    const refused = refuseAdministrator(kernel, context, 'Publisher');
    if (refused !== null) return refused;
    const stored = await storedChunks(context.self);
    if (!stored.ok) return factoryErrors.platform_failed({ reason: stored.failure.message });
    return { Ok: stored.value };
  });

/**
 * Registers a version whose pieces are all in the chunk store. That the pieces make up the module is
 * checked by the platform at every installation.
 */
export const registerVersion = (kernel: Kernel) =>
  administered(
    kernel,
    'registerVersion',
    ['Publisher'],
    ({ version, stable, moduleHash }) => ({
      detail: `${version} ${stable ? 'stable' : 'beta'} ${hex(moduleHash)}`,
    }),
    async (registration, context) => {
      const refused = refuseRegistration(kernel, registration);
      if (refused !== null) return refused;
      const stored = await storedChunks(context.self);
      if (!stored.ok) return factoryErrors.platform_failed({ reason: stored.failure.message });
      const present = new Set(stored.value.map(binary));
      const missing = registration.chunks.findIndex((hash) => !present.has(binary(hash)));
      if (missing >= 0) return factoryErrors.chunk_missing({ position: missing });
      // Another registration may have been made while we waited.
      const raced = refuseRegistration(kernel, registration);
      if (raced !== null) return raced;
      kernel.versions.append({
        ...UNSAID,
        registration,
        registeredAt: context.now,
        registeredBy: context.caller,
      });
      return { Ok: null };
    },
  );

function refuseRegistration(kernel: Kernel, { version, moduleHash, chunks }: VersionRegistration) {
  if (parseVersion(version) === null) return factoryErrors.version_invalid({ version });
  const odd = [moduleHash, ...chunks].find(({ length }) => length !== 32);
  if (odd !== undefined) return factoryErrors.hash_invalid({ length: odd.length });
  if (chunks.length === 0) return factoryErrors.chunk_missing({ position: 0 });
  const known = kernel.versions.page(0, MAX_VERSIONS);
  if (known.length >= MAX_VERSIONS) return factoryErrors.version_limit({ limit: MAX_VERSIONS });
  if (known.some(({ registration }) => registration.version === version)) {
    return factoryErrors.version_exists({ version });
  }
  return null;
}

/** Sets a version's channel, and what is said of it. */
export const updateVersion = (kernel: Kernel) =>
  administered(
    kernel,
    'updateVersion',
    ['Publisher'],
    (version, change) => ({ detail: `${version} ${described(change)}` }),
    (version, change) => {
      const { upgradableFrom: range, candidHash } = change;
      if (range !== null && range !== '' && parseRange(range) === null) {
        return factoryErrors.version_range_invalid({ range });
      }
      if (candidHash !== null && candidHash.length !== 32) {
        return factoryErrors.hash_invalid({ length: candidHash.length });
      }
      return changeVersion(kernel, version, (record) => ({
        ...record,
        registration: {
          ...record.registration,
          stable: change.stable ?? record.registration.stable,
        },
        upgradableFrom: range === null ? record.upgradableFrom : range || null,
        candidHash: candidHash ?? record.candidHash,
        compatibility: change.compatibility ?? record.compatibility,
        deprecated: change.deprecated ?? record.deprecated,
      }));
    },
  );

/**
 * Withdraws a version: it is neither made nor upgraded to any more, not even by upgrades that were asked
 * for before. It stays on the list, with the reason; contracts that run it go on.
 */
export const yankVersion = (kernel: Kernel) =>
  administered(
    kernel,
    'yankVersion',
    ['Publisher'],
    (version, reason) => ({ detail: `${version}: ${reason}` }),
    (version, reason) =>
      changeVersion(kernel, version, (record) => ({ ...record, yanked: reason })),
  );

function changeVersion(
  { versions }: Kernel,
  version: string,
  change: (record: VersionRecord) => VersionRecord,
) {
  const index = indexOfVersion(versions, version);
  if (index === null) return factoryErrors.version_unknown({ version });
  versions.set(index, change(versions.at(index)));
  return { Ok: null };
}

/** The registered versions, the last registered first; never the modules themselves. */
export const getVersions = (kernel: Kernel) =>
  handle(factoryMethods.getVersions, (cursor, asked) => {
    const end = Math.min(cursor ?? MAX_VERSIONS, kernel.versions.length);
    const begin = Math.max(0, end - Math.max(1, Math.min(asked ?? MAX_LIMIT, MAX_LIMIT)));
    const records = kernel.versions.page(begin, end - begin).reverse();
    const versions = records.map(({ registration, ...said }) => {
      const { version, moduleHash, notes, stable } = registration;
      return { version, moduleHash, notes, stable, ...said };
    });
    return { versions, next: begin > 0 ? begin : null };
  });
