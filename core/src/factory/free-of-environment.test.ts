import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../factories/', import.meta.url));
const plugins = readdirSync(folder).filter((name) =>
  existsSync(`${folder}${name}/src/definition.ts`),
);

test.each(plugins)(
  'the definition of %s needs nothing of Node, browsers or canisters',
  async (name) => {
    const entry = `${folder}${name}/src/definition.ts`;
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      format: 'iife',
      globalName: 'definition',
      // Knows no modules but those of the project: what is built in somewhere does not resolve.
      platform: 'neutral',
    });
    expect(Object.keys(metafile.inputs).filter((path) => /azle|canister\//.test(path))).toEqual([]);
    // A world with JavaScript in it, and text encoding, which every environment has.
    const world = createContext({ TextEncoder, TextDecoder });
    const found: unknown = runInContext(
      `${outputFiles[0]!.text}; Object.values(definition).filter((value) => value.rolesAtBirth)
      .map(({ id }) => id)`,
      world,
    );
    expect([...(found as string[])]).toEqual([name]);
  },
);
