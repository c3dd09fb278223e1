import type { Result } from '../../errors/index.ts';
import { factoryErrors } from '../../factory/factory-errors.ts';
import { compareVersions, parseVersion, type Version } from '../semver.ts';
import { inRange, parseRange } from './version-range.ts';

/** What choosing needs to know of a registered version. */
export interface Candidate {
  readonly version: string;
  readonly stable: boolean;
  /** Range of the versions that may be upgraded to it; `null` for all older ones. */
  readonly upgradableFrom: string | null;
  readonly deprecated: boolean;
  readonly yanked: boolean;
}

/** A contract that runs no registered version is as old as can be: it may go to whatever takes all. */
const OLDEST: Version = [0, 0, 0];

/**
 * The version a contract is to be upgraded to.
 *
 * @param wanted a version by name, betas and deprecated ones included; `null` for the newest stable one
 *   that takes the contract.
 */
export function chooseTarget<V extends Candidate>(
  current: string,
  wanted: string | null,
  versions: readonly V[],
): Result<V> {
  if (wanted !== null) {
    const found = versions.find(({ version }) => version === wanted);
    if (found === undefined) return factoryErrors.version_unknown({ version: wanted });
    return checkTarget(current, found);
  }
  let best: V | null = null;
  for (const candidate of versions) {
    if (!candidate.stable || candidate.deprecated) continue;
    if ('Err' in checkTarget(current, candidate)) continue;
    if (best === null || isNewer(candidate.version, best.version)) best = candidate;
  }
  return best === null ? factoryErrors.up_to_date({ current }) : { Ok: best };
}

function checkTarget<V extends Candidate>(current: string, target: V): Result<V> {
  const { version, upgradableFrom: range } = target;
  if (target.yanked) return factoryErrors.version_yanked({ version });
  if (!isNewer(version, current)) return factoryErrors.not_newer({ version, current });
  if (range === null) return { Ok: target };
  const parsed = parseRange(range);
  const from = parseVersion(current) ?? OLDEST;
  if (parsed === null || !inRange(from, parsed)) {
    return factoryErrors.not_upgradable_from({ version, current, range });
  }
  return { Ok: target };
}

function isNewer(version: string, than: string): boolean {
  return compareVersions(parseVersion(version) ?? OLDEST, parseVersion(than) ?? OLDEST) > 0;
}
