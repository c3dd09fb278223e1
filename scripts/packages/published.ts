import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is published, as its `package.json` has it. */
export interface PublishedPackage {
  readonly name: string;
  /** Relative to the root of the project. */
  readonly folder: string;
  readonly version: string;
  /** Where each door leads in the sources. */
  readonly exports: Readonly<Record<string, string>>;
  readonly manifest: PackageJson;
}

/** What is read of a `package.json`. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, Door>> };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Where a door leads once the package is built. */
export interface Door {
  readonly types: string;
  readonly default: string;
}

/** The packages of the workspace that are not private. */
export function readPublished(root: string): PublishedPackage[] {
  const own = ['core', 'gateway', 'storage', 'localnet'];
  const factories = readdirSync(join(root, 'factories')).map((name) => `factories/${name}`);
  return [...own, ...factories]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
      const manifest = JSON.parse(text) as PackageJson;
      const { name, version, exports } = manifest;
      return { name, folder, version, exports, manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);
}

/** The module of `dist/` that a door of the sources is built to. */
export function builtDoor(door: string): Door {
  const name = door === '.' ? 'index' : door.slice(2);
  return { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` };
}

/**
 * The `package.json` as it is packed: with what `publishConfig` puts in place, and with versions where the
 * workspace has links.
 */
export function packedManifest(
  { manifest }: PublishedPackage,
  versions: ReadonlyMap<string, string>,
): object {
  const { publishConfig, dependencies = {}, ...rest } = manifest;
  const resolved = Object.entries(dependencies).map(([name, range]) => [
    name,
    range === 'workspace:*' ? versions.get(name) : range,
  ]);
  return {
    ...rest,
    exports: publishConfig?.exports,
    dependencies: Object.fromEntries(resolved) as Record<string, string>,
  };
}
