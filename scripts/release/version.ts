import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readPackages, stampVersion } from './packages.ts';

/** A package whose version was raised, or put where its contracts read it. */
export interface Raised {
  readonly package: string;
  readonly version: string;
  readonly before: string;
}

/**
 * Raises versions as the changesets say, and puts them into the definitions of factories, from which contracts
 * and registrations take them.
 *
 * @throws Error with what changesets says if it fails.
 */
export function raiseVersions(root: string): Raised[] {
  const before = new Map(readPackages(root).map(({ name, version }) => [name, version]));
  const changeset = join(root, 'node_modules/@changesets/cli/bin.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [changeset, 'version'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`changeset version failed:\n${stdout}\n${stderr}`);
  const after = readPackages(root);
  for (const owner of after) stampVersion(root, owner);
  return after
    .map(({ name, version }) => ({ package: name, version, before: before.get(name)! }))
    .filter((raised) => raised.version !== raised.before);
}
