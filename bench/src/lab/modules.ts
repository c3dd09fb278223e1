import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toDid, type Service } from '@fabrica/core/candid';
import { bundle } from '../../../scripts/build/bundle.ts';
import { gzip, makeModule } from '../../../scripts/build/module.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = `${root}.fabrica/bench/`;

/**
 * The module of a canister that exists for a benchmark, built as the project's own are and kept until its
 * code changes.
 *
 * @param main entry point under `bench/src/canisters/`.
 */
export async function benchModule(main: string, service?: Service): Promise<Uint8Array> {
  const candid = service === undefined ? 'service : {}' : toDid(service, { init: service.init });
  const javaScript = await bundle(root, `bench/src/canisters/${main}`);
  const key = createHash('sha256').update(candid).update(javaScript).digest('hex').slice(0, 16);
  return kept(`${main.replace(/\.ts$/, '')}-${key}.wasm.gz`, async () =>
    gzip(await makeModule(javaScript, candid)),
  );
}

/** What was kept under a name, or else is made now and kept. */
export async function kept(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(folder + name));
  } catch {
    // Not made before.
  }
  const made = await make();
  await mkdir(folder, { recursive: true });
  await writeFile(folder + name, made);
  return made;
}
