import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTargets, type Target } from '../build/targets.ts';

/** A package whose canisters are released together, under one version. */
export interface ReleasePackage {
  /** Such as `@fabrica/token`. */
  readonly name: string;
  /** The last part of the name: its folder under `releases/`, and what commands call it. */
  readonly id: string;
  /** Relative to the root of the project. */
  readonly folder: string;
  /** Of `package.json`: what changesets raise. */
  readonly version: string;
  readonly canisters: readonly ReleaseCanister[];
}

/** A canister of a package. */
export interface ReleaseCanister extends Target {
  /** True if a factory makes it: it has a factory of its own name in the same package. */
  readonly contract: boolean;
}

/**
 * The packages that the canisters of `dfx.json` belong to.
 *
 * @throws Error if a name is given that is none of them.
 */
export function readPackages(root: string, names: readonly string[] = []): ReleasePackage[] {
  const folders = new Map<string, Target[]>();
  for (const target of readTargets(root)) {
    const folder = target.main.split('/src/')[0]!;
    folders.set(folder, [...(folders.get(folder) ?? []), target]);
  }
  const packages = [...folders].map(([folder, targets]) => readPackage(root, folder, targets));
  const known = packages.map(({ id }) => id);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No package ${unknown.join(', ')} has canisters. Known: ${known.join(', ')}`);
  }
  return packages.filter(({ id }) => names.length === 0 || names.includes(id));
}

function readPackage(root: string, folder: string, targets: readonly Target[]): ReleasePackage {
  const manifest = readFileSync(join(root, folder, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  const canisters = targets.map((target) => ({
    ...target,
    contract: targets.some((other) => other.name === `${target.name}_factory`),
  }));
  return { name, id: name.split('/').at(-1)!, folder, version, canisters };
}

const STAMP = /^(\s*version: )'(\d+\.\d+\.\d+)',$/m;

/** Files that may say which version a package's contracts are, the first of them first. */
const STAMPED = ['src/contract-facts.ts', 'src/definition.ts'];

/** The file that says which version a package's contracts are; `null` if it defines no factory. */
function stampedFile(root: string, { folder }: Pick<ReleasePackage, 'folder'>): string | null {
  const paths = STAMPED.map((file) => join(root, folder, file));
  return paths.find((path) => existsSync(path)) ?? null;
}

/**
 * The version that the package's contracts say they are, which is the one registered on chain; `null` if it
 * defines no factory.
 *
 * @throws Error if that file has none that can be read.
 */
export function stampedVersion(root: string, owner: Pick<ReleasePackage, 'folder'>): string | null {
  const path = stampedFile(root, owner);
  if (path === null) return null;
  const found = STAMP.exec(readFileSync(path, 'utf8'))?.[2];
  if (found === undefined) throw new Error(`${path} has no line such as: version: '1.2.3',`);
  return found;
}

/** Puts the package's version where its contracts read it. @returns true if it was another. */
export function stampVersion(
  root: string,
  owner: Pick<ReleasePackage, 'folder' | 'version'>,
): boolean {
  const before = stampedVersion(root, owner);
  const path = stampedFile(root, owner);
  if (path === null || before === owner.version) return false;
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(STAMP, `$1'${owner.version}',`));
  return true;
}
