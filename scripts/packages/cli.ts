import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { columns } from '../release/show.ts';
import { packedManifest, readPublished, type PublishedPackage } from './published.ts';

/**
 * `npm run build:packages [-- names]`: builds what Node and browsers import, into `dist/` of each package, and
 * checks what would be published with publint. Fails if it finds anything at all.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const names = process.argv.slice(2);
const published = readPublished(root);
const versions = new Map(published.map(({ name, version }) => [name, version]));
const rows: string[][] = [];

for (const one of published.filter(({ name }) => chosen(name))) {
  const started = Date.now();
  const said = build(one);
  const found = said === null ? await check(one) : [said];
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  rows.push([
    one.name,
    one.version,
    seconds,
    size(one),
    found.length === 0 ? 'clean' : 'not clean',
  ]);
  for (const message of found) console.error(`${one.name}: ${message}`);
  if (found.length > 0) process.exitCode = 1;
}
console.log(columns(['package', 'version', 'built in', 'dist', 'publint'], rows));

function chosen(name: string): boolean {
  return names.length === 0 || names.includes(name) || names.includes(name.split('/').at(-1)!);
}

/** Runs tsup in the package's folder. @returns what it said if it failed. */
function build({ folder }: PublishedPackage): string | null {
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js');
  const options = [
    '--config',
    join(root, 'tsup.config.ts'),
    '--tsconfig',
    join(root, 'tsconfig.json'),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsup, ...options], {
    cwd: join(root, folder),
    encoding: 'utf8',
  });
  return status === 0 ? null : `${stdout}${stderr}`;
}

/** What publint finds in the package as it would be packed. */
async function check(one: PublishedPackage): Promise<string[]> {
  const manifest = packedManifest(one, versions);
  const text = new TextEncoder().encode(JSON.stringify(manifest, null, 2));
  const files = [
    { name: 'package/package.json', data: text },
    ...packedFiles(one).map((path) => {
      const data = new Uint8Array(readFileSync(join(root, one.folder, path)));
      return { name: `package/${path}`, data };
    }),
  ];
  const { messages } = await publint({ pkgDir: 'package', pack: { files }, strict: true });
  return messages.map(
    (message) => formatMessage(message, manifest, { color: false }) ?? message.code,
  );
}

function packedFiles({ folder, manifest }: PublishedPackage): string[] {
  return (manifest.files ?? []).flatMap((name) =>
    readdirSync(join(root, folder, name), { recursive: true, encoding: 'utf8' })
      .map((path) => `${name}/${path}`)
      .filter((path) => statSync(join(root, folder, path)).isFile()),
  );
}

function size({ folder }: PublishedPackage): string {
  const dist = join(root, folder, 'dist');
  const bytes = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  return `${(bytes / 1000).toFixed(0)} kB`;
}
