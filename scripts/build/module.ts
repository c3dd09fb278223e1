import { gzipSync } from 'node:zlib';
import { execute, getWasmBinary } from './azle.ts';
import { appendCustomSection } from './custom-section.ts';

/** Fixed, so that the module does not tell, nor depend on, the folder it was built in. */
const WASM_DATA = { envVars: [] as [string, string][], mainJsPath: 'main.js' };

/**
 * The canister module of a bundle: azle's template with the JavaScript inside, its methods exported,
 * and its interface in the `candid:service` metadata.
 */
export async function makeModule(javaScript: string, candid: string): Promise<Uint8Array> {
  const { methodMeta } = await execute(await getWasmBinary('pipe', javaScript, WASM_DATA));
  const module = await getWasmBinary('pipe', javaScript, WASM_DATA, methodMeta);
  return appendCustomSection(module, 'icp:public candid:service', new TextEncoder().encode(candid));
}

/** Deterministic gzip: no name, no time. The operating-system byte is fixed too. */
export function gzip(bytes: Uint8Array): Uint8Array {
  const zipped = gzipSync(bytes, { level: 9 });
  zipped[9] = 0xff;
  return zipped;
}
