import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { builtDoor, packedManifest, readPublished } from './published.ts';
import { surfaceOf } from './surface.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const packages = readPublished(ROOT);
const doors = packages.flatMap(({ name, folder, exports }) =>
  Object.entries(exports).map(([door, source]) => ({
    place: door === '.' ? name : `${name}/${door.slice(2)}`,
    file: join(ROOT, folder, source),
  })),
);
/** Runs in canisters, where azle gives it the host. */
const forCanisters = (place: string): boolean => place.endsWith('/canister');
/** Is a server. */
const forNode = (place: string): boolean => place.startsWith('@fabrica/localnet');

describe('a published package', () => {
  test.each(packages)('$name opens built what it opens in the sources', (one) => {
    const { manifest, exports, folder } = one;
    const built = Object.keys(exports).map((door) => [door, builtDoor(door)]);
    expect(manifest.publishConfig?.exports).toEqual(Object.fromEntries(built));
    expect(manifest.files).toContain('dist');
    expect(one.name).toBe(`@fabrica/${folder.split('/').at(-1)}`);
    const versions = new Map(packages.map(({ name, version }) => [name, version]));
    const packed = packedManifest(one, versions) as { dependencies: object };
    for (const range of Object.values(packed.dependencies)) expect(range).toMatch(/^\d/);
  });
});

describe('what it exports is what was agreed', () => {
  test.each(doors)('$place', async ({ place, file }) => {
    const names = surfaceOf(file);
    const snapshot = `surface/${place.replace('@fabrica/', '').replace('/', '.')}.txt`;
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot(snapshot);
    if (forCanisters(place)) return;
    const loaded = (await import(pathToFileURL(file).href)) as object;
    const values = names.filter((name) => !name.startsWith('type '));
    expect(Object.keys(loaded).sort()).toEqual(values);
  });
});

test('every door that is not for canisters or servers is bundled for browsers', async () => {
  const entries = doors.filter(({ place }) => !forCanisters(place) && !forNode(place));
  const { outputFiles, errors } = await build({
    entryPoints: entries.map(({ file }) => file),
    outdir: 'unused',
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  expect([errors, outputFiles.length]).toEqual([[], entries.length]);
});
