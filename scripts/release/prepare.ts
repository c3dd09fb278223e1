import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compareVersions, parseVersion } from '../../core/src/model/semver.ts';
import { buildAfresh, buildCanister } from '../build/build-canister.ts';
import { compareInterfaces } from './candid/compare.ts';
import {
  readReleases,
  writeRelease,
  type CanisterRelease,
  type Manifest,
  type Release,
} from './manifest.ts';
import { stampedVersion, type ReleaseCanister, type ReleasePackage } from './packages.ts';

/** What became of a package's release. */
export interface Prepared {
  readonly manifest: Manifest;
  /** `written` now, or `unchanged`: it had been prepared from the same sources. */
  readonly outcome: 'written' | 'unchanged';
}

/** Runs one named step; a caller may show its progress. */
export type Stepper = <T>(name: string, step: () => Promise<T>) => Promise<T>;

/** Why a release is not prepared. The message says what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

/**
 * Builds a package's canisters twice, compares their interfaces with the release before, and records the
 * release under `releases/`.
 *
 * @param options.replace true lets a release of the same version be written anew, which is for versions that
 *   nobody has registered.
 * @throws ReleaseError if the two builds differ, a breaking change comes without a new major version, or the
 *   version was prepared from other sources.
 */
export async function prepare(
  root: string,
  owner: ReleasePackage,
  options: { replace: boolean; step: Stepper },
): Promise<Prepared> {
  const { version, id } = owner;
  const stamped = stampedVersion(root, owner);
  if (stamped !== null && stamped !== version) {
    throw new ReleaseError(
      `The sources of ${owner.folder} say version ${stamped}, package.json ${version}. Run: npm run release:version`,
    );
  }
  const releases = readReleases(root, id);
  const same = releases.find(({ manifest }) => manifest.version === version);
  const before = newestBefore(releases, version);
  const files = new Map<string, Uint8Array | string>();
  const canisters: CanisterRelease[] = [];
  for (const canister of owner.canisters) {
    const built = await options.step(`${id}: ${canister.name}`, () => buildTwice(root, canister));
    canisters.push(record(canister, built, before, files));
  }
  const builtWith = { azle: azleVersion(root), node: process.versions.node };
  const after = before?.manifest.version ?? null;
  const manifest: Manifest = { package: owner.name, version, after, builtWith, canisters };

  refuseBreaking(manifest);
  if (same !== undefined && sameModules(same.manifest, manifest)) {
    return { manifest: same.manifest, outcome: 'unchanged' };
  }
  if (same !== undefined && !options.replace) {
    throw new ReleaseError(
      `${id} ${version} was prepared from other sources. Describe the change (npm run changeset) and raise ` +
        'the version (npm run release:version); or, if nobody has registered it yet, add --replace.',
    );
  }
  writeRelease(root, id, manifest, files);
  return { manifest, outcome: 'written' };
}

interface BuiltTwice {
  readonly module: Uint8Array;
  readonly candid: string;
}

async function buildTwice(root: string, canister: ReleaseCanister): Promise<BuiltTwice> {
  const { hash } = await buildCanister(root, canister, true);
  const again = sha256(await buildAfresh(root, canister));
  if (again !== hash) {
    throw new ReleaseError(`Two builds of ${canister.name} differ: ${hash} and ${again}.`);
  }
  const module = new Uint8Array(readFileSync(join(root, canister.wasm)));
  return { module, candid: readFileSync(join(root, canister.candid), 'utf8') };
}

function record(
  { name, contract }: ReleaseCanister,
  { module, candid }: BuiltTwice,
  before: Release | null,
  files: Map<string, Uint8Array | string>,
): CanisterRelease {
  const known = before?.manifest.canisters.find((canister) => canister.name === name);
  const comparison =
    known === undefined || before === null
      ? { breaking: [], notes: [], added: [] }
      : compareInterfaces(readFileSync(join(before.folder, known.candid), 'utf8'), candid);
  files.set(`${name}.did`, candid);
  if (contract) files.set(`${name}.wasm.gz`, module);
  return {
    name,
    contract,
    hash: sha256(module),
    size: module.length,
    rawSize: gunzipSync(module).length,
    candid: `${name}.did`,
    candidHash: sha256(candid),
    module: contract ? `${name}.wasm.gz` : null,
    ...comparison,
  };
}

/**
 * Of 0.x versions too: what is on chain is relied upon, whatever its number.
 *
 * @throws ReleaseError that lists what breaks, unless the major version is a new one.
 */
export function refuseBreaking({ version, after, canisters }: Manifest): void {
  const found = canisters.flatMap(({ name, breaking }) => breaking.map((one) => `${name}.${one}`));
  if (found.length === 0 || after === null) return;
  if (parseVersion(version)![0] > parseVersion(after)![0]) return;
  throw new ReleaseError(
    `${version} breaks callers of ${after}, which takes a new major version (a "major" changeset):\n` +
      found.map((sentence) => `  ${sentence}`).join('\n'),
  );
}

function newestBefore(releases: readonly Release[], version: string): Release | null {
  const limit = parseVersion(version);
  if (limit === null) throw new ReleaseError(`"${version}" is not a version of the form 1.2.3.`);
  const older = releases.filter(
    ({ manifest }) => compareVersions(parseVersion(manifest.version)!, limit) < 0,
  );
  return older.at(-1) ?? null;
}

function sameModules(a: Manifest, b: Manifest): boolean {
  const hashes = ({ canisters }: Manifest): string =>
    canisters.map(({ name, hash, candidHash }) => `${name} ${hash} ${candidHash}`).join('\n');
  return hashes(a) === hashes(b);
}

function azleVersion(root: string): string {
  const text = readFileSync(join(root, 'node_modules/azle/package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
