import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../.fabrica/canisters/', import.meta.url));

/** A built canister module. */
export interface BuiltModule {
  /** The gzipped module, as it is installed. */
  readonly wasm: Uint8Array;
  /** SHA-256 of {@link wasm}: the `module_hash` of a canister that runs it. */
  readonly hash: Uint8Array;
}

/**
 * A module that `npm run build` made.
 *
 * @param name of the canister in `dfx.json`.
 * @throws Error that names the build command, if there is no such module.
 */
export function builtModule(name: string): BuiltModule {
  try {
    const wasm = new Uint8Array(readFileSync(`${folder}${name}.wasm.gz`));
    const record = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as { hash: string };
    return { wasm, hash: Uint8Array.from(Buffer.from(record.hash, 'hex')) };
  } catch (cause) {
    throw new Error(`No module of ${name}. Run: npm run build -- ${name}`, { cause });
  }
}
