import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, parseVersion } from '../../core/src/model/semver.ts';

/** What was released of a package: `releases/<package>/<version>/manifest.json`. */
export interface Manifest {
  readonly package: string;
  readonly version: string;
  /** The release that it was compared with; `null` for the first. */
  readonly after: string | null;
  /** What it takes to build the same bytes again. */
  readonly builtWith: { readonly azle: string; readonly node: string };
  readonly canisters: readonly CanisterRelease[];
}

/** A canister of a release. Files lie beside the manifest. */
export interface CanisterRelease {
  readonly name: string;
  /** True if a factory makes it, so that its module is registered there. */
  readonly contract: boolean;
  /** SHA-256 of the gzipped module, in hex: the platform's `module_hash`. */
  readonly hash: string;
  /** Bytes of the module, gzipped and not. */
  readonly size: number;
  readonly rawSize: number;
  /** The file of the interface, and its SHA-256 in hex. */
  readonly candid: string;
  readonly candidHash: string;
  /**
   * The file of the module. Kept of contracts, which run for as long as their owners like; of other canisters
   * `null`.
   */
  readonly module: string | null;
  /** What the interface is to those who know the release before. */
  readonly breaking: readonly string[];
  readonly notes: readonly string[];
  readonly added: readonly string[];
}

/** A release that lies under `releases/`. */
export interface Release {
  readonly manifest: Manifest;
  /** Its folder. */
  readonly folder: string;
}

/** Where the releases of a package lie. */
export function releasesFolder(root: string, id: string): string {
  return join(root, 'releases', id);
}

/** The releases of a package, oldest version first. @throws Error if a folder of them is no version. */
export function readReleases(root: string, id: string): Release[] {
  const folder = releasesFolder(root, id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => ({ name, version: parseVersion(name) }))
    .map(({ name, version }) => {
      if (version === null) throw new Error(`${join(folder, name)} is named after no version`);
      const text = readFileSync(join(folder, name, 'manifest.json'), 'utf8');
      const manifest = JSON.parse(text) as Manifest;
      return { version, release: { manifest, folder: join(folder, name) } };
    })
    .sort((a, b) => compareVersions(a.version, b.version))
    .map(({ release }) => release);
}

/** Writes a release: the manifest, and beside it the files that it names. @returns its folder. */
export function writeRelease(
  root: string,
  id: string,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array | string>,
): string {
  const folder = join(releasesFolder(root, id), manifest.version);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

/** In a sentence for owners, as it is told on chain; at most 500 bytes. */
export function compatibilityOf(canister: CanisterRelease, after: string | null): string {
  if (after === null) return 'The first release.';
  const { breaking, added } = canister;
  const more = added.length === 0 ? '' : ` New methods: ${added.join(', ')}.`;
  const verdict =
    breaking.length === 0
      ? `Takes the place of ${after}.${more}`
      : `Breaks callers of ${after}: ${breaking.join('; ')}.${more}`;
  return Buffer.byteLength(verdict) <= 500
    ? verdict
    : `${Buffer.from(verdict)
        .subarray(0, 490)
        .toString()
        .replace(/\uFFFD+$/, '')} ...`;
}
