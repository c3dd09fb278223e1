import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toDid, type Service } from '../../core/src/candid/index.ts';
import { bundle } from './bundle.ts';
import { gzip, makeModule } from './module.ts';
import type { Target } from './targets.ts';

/** What a build left behind; kept beside the module as `<name>.json`. */
export interface Built {
  readonly name: string;
  /** SHA-256 of everything the module is made from, in hex: equal means nothing to do. */
  readonly inputs: string;
  /** SHA-256 of the gzipped module, in hex: the `module_hash` of a canister that runs it. */
  readonly hash: string;
  /** Bytes of the gzipped module. */
  readonly size: number;
  /** True if the module at hand was already the right one. */
  readonly cached: boolean;
}

/** Raise when a change to these scripts changes modules. */
const RECIPE = '1';
const TEMPLATE = 'node_modules/azle/dist/canister_templates/stable.wasm';

/**
 * Builds one canister unless its module is up to date.
 *
 * @param check if true, a Candid file that differs from the interface is an error; else it is written.
 */
export async function buildCanister(root: string, target: Target, check: boolean): Promise<Built> {
  const service = await loadInterface(root, target.interface);
  const candid = toDid(service, { init: service.init });
  await settleCandid(join(root, target.candid), candid, check);
  const javaScript = await bundle(root, target.main);
  const inputs = sha256(RECIPE, await readFile(join(root, TEMPLATE)), candid, javaScript);

  const record = join(root, target.wasm.replace(/\.wasm\.gz$/, '.json'));
  const before = await readRecord(record, join(root, target.wasm));
  if (before?.inputs === inputs) return { ...before, cached: true };

  const module = gzip(await makeModule(javaScript, candid));
  const built = { name: target.name, inputs, hash: sha256(module), size: module.length };
  await mkdir(dirname(record), { recursive: true });
  await writeFile(join(root, target.wasm), module);
  await writeFile(record, `${JSON.stringify(built, null, 2)}\n`);
  return { ...built, cached: false };
}

/** The module of a canister, built whatever is at hand; nothing is written. */
export async function buildAfresh(root: string, target: Target): Promise<Uint8Array> {
  const service = await loadInterface(root, target.interface);
  const candid = toDid(service, { init: service.init });
  return gzip(await makeModule(await bundle(root, target.main), candid));
}

async function loadInterface(root: string, place: string): Promise<Service> {
  const [file, name] = place.split('#');
  const loaded = (await import(pathToFileURL(join(root, file!)).href)) as Record<string, Service>;
  const found = loaded[name!];
  if (found === undefined) throw new Error(`${file} exports no ${name}`);
  return found;
}

async function settleCandid(path: string, candid: string, check: boolean): Promise<void> {
  const committed = await readFile(path, 'utf8').catch(() => null);
  if (committed === candid) return;
  if (check) {
    throw new Error(
      `${path} differs from the interface in the code. Run npm run build and commit it.`,
    );
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, candid);
}

async function readRecord(path: string, module: string): Promise<Built | null> {
  try {
    const built = JSON.parse(await readFile(path, 'utf8')) as Built;
    return sha256(await readFile(module)) === built.hash ? built : null;
  } catch {
    // No record, or one that was cut short: build again.
    return null;
  }
}

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
