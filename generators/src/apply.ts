import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from './render-factory.ts';

/**
 * What became of a file:
 *
 * - `created`, `updated`, `unchanged`: it is what the generator makes.
 * - `kept`: somebody changed it, so it stays; what would be generated lies beside, for comparison.
 * - `left away`: somebody deleted it, so it stays away.
 */
export type Fate = 'created' | 'updated' | 'unchanged' | 'kept' | 'left away';

/** Where would-be contents of kept files are put, under the root of the project. */
export const COMPARE = '.fabrica/generated';

/**
 * Writes a package's files, and nothing over what was written by hand: a file is replaced only if it is, to
 * the letter, what was generated before.
 *
 * @param folder of the package, relative to `root`.
 * @param before what the options of the last time give; `null` if the package is new.
 */
export function applyFiles(
  root: string,
  folder: string,
  files: Files,
  before: Files | null,
): Map<string, Fate> {
  const fates = new Map<string, Fate>();
  for (const [path, content] of files) {
    const place = join(root, folder, path);
    const found = existsSync(place) ? readFileSync(place, 'utf8') : null;
    const fate = fateOf(found, content, before?.get(path));
    fates.set(`${folder}/${path}`, fate);
    if (fate === 'created' || fate === 'updated') put(place, content);
    if (fate === 'kept') put(join(root, COMPARE, folder, path), content);
  }
  return fates;
}

function fateOf(found: string | null, content: string, before: string | undefined): Fate {
  if (found === null) return before === undefined ? 'created' : 'left away';
  if (found === content) return 'unchanged';
  return found === before ? 'updated' : 'kept';
}

function put(place: string, content: string): void {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, content);
}
