import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/** Folders that a copy does without, or gets otherwise. */
const LEFT_OUT = new Set(['.git', '.fabrica', 'node_modules', 'dist']);

/**
 * A copy of the project in a temporary folder: the sources copied, the dependencies linked, the modules built so
 * far with it. Its workspace packages are its own.
 *
 * @returns the folder; the caller removes it.
 */
export function copyProject(root: string): string {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), 'fabrica-copy-'));
  cpSync(root, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  cpSync(join(root, '.fabrica/canisters'), join(copy, '.fabrica/canisters'), { recursive: true });

  const modules = join(root, 'node_modules');
  const linked = join(copy, 'node_modules');
  mkdirSync(join(linked, '@fabrica'), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== '@fabrica') symlinkSync(join(modules, name), join(linked, name));
  }
  for (const name of readdirSync(join(modules, '@fabrica'))) {
    const inside = relative(realpathSync(root), realpathSync(join(modules, '@fabrica', name)));
    symlinkSync(join(copy, inside), join(linked, '@fabrica', name));
  }
  return copy;
}
