import { handle } from '../runtime/handle.ts';
import { factoryErrors, factoryMethods, type VersionRegistration } from '../../factory/index.ts';
import { compareVersions, parseVersion, type Version } from '../../model/semver.ts';
import { binary } from '../../store/index.ts';
import { storedChunks, uploadChunk } from '../management/platform.ts';
import { refuseAdministrator } from './access.ts';
import type { Kernel } from './kernel.ts';

/** Versions kept; a chunk store holds 100 pieces. */
const MAX_VERSIONS = 100;

/** The highest stable version: the newest by number, not by time of upload. */
export function latestStable(kernel: Kernel): VersionRegistration | null {
  let latest: VersionRegistration | null = null;
  let highest: Version = [-1, 0, 0];
  for (const { registration } of kernel.versions.page(0, MAX_VERSIONS)) {
    const version = parseVersion(registration.version);
    if (!registration.stable || version === null) continue;
    if (compareVersions(version, highest) <= 0) continue;
    latest = registration;
    highest = version;
  }
  return latest;
}

/** Puts a piece of a module into the factory's chunk store; the platform computes its hash. */
export const uploadModuleChunk = (kernel: Kernel) =>
  handle(factoryMethods.uploadModuleChunk, async (chunk, context) => {
    const refused = refuseAdministrator(kernel, context.caller);
    if (refused !== null) return refused;
    const outcome = await uploadChunk(context.self, chunk);
    if (!outcome.ok) return factoryErrors.platform_failed({ reason: outcome.failure.message });
    return { Ok: outcome.value };
  });

/**
 * Registers a version whose pieces are all in the chunk store. That the pieces make up the module is
 * checked by the platform at every installation.
 */
export const registerVersion = (kernel: Kernel) =>
  handle(factoryMethods.registerVersion, async (registration, context) => {
    const refused =
      refuseAdministrator(kernel, context.caller) ?? refuseRegistration(kernel, registration);
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
      registration,
      registeredAt: context.now,
      registeredBy: context.caller,
    });
    return { Ok: null };
  });

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

/** The registered versions, oldest registration first. */
export const getVersions = (kernel: Kernel) =>
  handle(factoryMethods.getVersions, () =>
    kernel.versions.page(0, MAX_VERSIONS).map(({ registration, registeredAt, registeredBy }) => {
      const { version, moduleHash, notes, stable } = registration;
      return { version, moduleHash, notes, stable, registeredAt, registeredBy };
    }),
  );
