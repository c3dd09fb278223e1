import type { BuildOptions } from 'esbuild';

/**
 * azle's own build functions. They are imported by a computed path because azle ships its TypeScript
 * source, which does not compile under this project's stricter flags.
 */
const folder = new URL('../../node_modules/azle/src/stable/build/commands/build/', import.meta.url);
const load = (file: string): Promise<unknown> => import(new URL(file, folder).href);

/** Methods and hooks of a canister, as azle found them; opaque here. */
export type MethodMeta = object;

interface BundleFunctions {
  getBuildOptions(prelude: string, main: string): BuildOptions;
  handleClassApiCanister(main: string): string;
}
interface MetaFunctions {
  execute(wasm: Uint8Array): Promise<{ methodMeta: MethodMeta }>;
}
interface BinaryFunctions {
  getWasmBinary(
    io: 'pipe',
    javaScript: string,
    data: { envVars: [string, string][]; mainJsPath: string },
    methods?: MethodMeta,
  ): Promise<Uint8Array>;
}

export const { getBuildOptions, handleClassApiCanister } = (await load(
  'javascript.ts',
)) as BundleFunctions;
export const { execute } = (await load('candid_and_method_meta/execute.ts')) as MetaFunctions;
export const { getWasmBinary } = (await load('wasm_binary/index.ts')) as BinaryFunctions;
