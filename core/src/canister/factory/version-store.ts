import { c, type Infer } from '../../candid/index.ts';
import { VersionRegistration } from '../../factory/index.ts';
import { compareVersions, parseVersion } from '../../model/semver.ts';
import { equal, migration, Sequence, stored, type ByteStore } from '../../store/index.ts';
import type { RegisteredModule } from './upgrade-driver.ts';

/** Versions kept; a chunk store holds 100 pieces. */
export const MAX_VERSIONS = 100;

const registered = {
  registration: VersionRegistration,
  registeredAt: c.nat64,
  registeredBy: c.principal,
} as const;

/** A registered version: what was sent, by whom and when, and what was said of it since. */
export const VersionRecord = c.record({
  ...registered,
  /** Range of versions that may be upgraded to it; `null` for all older ones. */
  upgradableFrom: c.opt(c.text({ max: 200 })),
  candidHash: c.opt(c.blob({ max: 32 })),
  compatibility: c.opt(c.text({ max: 500 })),
  deprecated: c.bool,
  /** Why it was withdrawn; `null` if it was not. */
  yanked: c.opt(c.text({ max: 500 })),
});
export type VersionRecord = Infer<typeof VersionRecord>;

/** What is known of a version that was only registered. */
export const UNSAID = {
  upgradableFrom: null,
  candidHash: null,
  compatibility: null,
  deprecated: false,
  yanked: null,
} as const;

/** The registered versions, in the order of registration; none is ever deleted. */
export function openVersions(space: ByteStore): Sequence<VersionRecord> {
  const first = migration(c.record(registered), (old) => ({ ...old, ...UNSAID }));
  return new Sequence(space, stored(2, VersionRecord, { 1: first }));
}

/** Where a version stands in the sequence; `null` if it is not registered. */
export function indexOfVersion(versions: Sequence<VersionRecord>, version: string): number | null {
  const records = versions.page(0, MAX_VERSIONS);
  const index = records.findIndex(({ registration }) => registration.version === version);
  return index < 0 ? null : index;
}

/** The registered module with a hash; one that may be installed before one that was withdrawn. */
export function moduleOf(
  versions: Sequence<VersionRecord>,
  hash: Uint8Array,
): RegisteredModule | null {
  let withdrawn: RegisteredModule | null = null;
  for (const { registration, yanked } of versions.page(0, MAX_VERSIONS)) {
    if (!equal(registration.moduleHash, hash)) continue;
    const { version, chunks } = registration;
    if (yanked === null) return { version, chunks, withdrawn: false };
    withdrawn = { version, chunks, withdrawn: true };
  }
  return withdrawn;
}

/** The highest stable version that is neither deprecated nor yanked: by number, not by time of upload. */
export function latestStable(versions: Sequence<VersionRecord>): VersionRegistration | null {
  let latest: VersionRegistration | null = null;
  for (const { registration, deprecated, yanked } of versions.page(0, MAX_VERSIONS)) {
    if (!registration.stable || deprecated || yanked !== null) continue;
    if (latest === null || isNewer(registration.version, latest.version)) latest = registration;
  }
  return latest;
}

/** Registered versions are of the form x.y.z, so both parse. */
function isNewer(version: string, than: string): boolean {
  return compareVersions(parseVersion(version)!, parseVersion(than)!) > 0;
}
