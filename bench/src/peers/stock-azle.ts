import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getBuildOptions, handleClassApiCanister } from '../../../scripts/build/azle.ts';
import { gzip, makeModule } from '../../../scripts/build/module.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = '.fabrica/bench';
const main = `${folder}/stock-azle-peer.ts`;

/**
 * The module of the peer that is written as azle's own examples are, bundled as azle bundles: nothing
 * replaced, nothing minified. Its source is a text because this project's types of azle leave out what it uses.
 */
export async function stockAzle(): Promise<Uint8Array> {
  const source = await readFile(new URL('stock-azle.txt', import.meta.url));
  await mkdir(root + folder, { recursive: true });
  await writeFile(root + main, source);
  process.env['AZLE_DFX_ROOT'] = root;
  const prelude = `
    import 'azle/_internal/globals';
    import { getDefaultVisitorData, IDL, idlToString } from 'azle';
    import * as CanisterModule from './stock-azle-peer.ts';
    createGetCandidAndMethodMetaFunction(CanisterModule);
    ${handleClassApiCanister(main)}
  `;
  const options = { ...getBuildOptions(prelude, main), absWorkingDir: root, tsconfigRaw: {} };
  const result = await build({ ...options, write: false });
  return gzip(await makeModule(result.outputFiles[0]!.text, 'service : {}'));
}
