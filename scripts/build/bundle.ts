import { build, type Plugin } from 'esbuild';
import { dirname, join } from 'node:path';
import { errorTables } from './error-tables.ts';
import { getBuildOptions, handleClassApiCanister } from './azle.ts';

/**
 * One JavaScript file with everything a canister needs, by azle's own bundling, and beyond it:
 * small replacements for what canisters do not use (see `replaced/`), minified, and the same text in
 * whatever folder the project lies.
 */
export async function bundle(root: string, main: string): Promise<string> {
  process.env['AZLE_DFX_ROOT'] = root;
  const options = getBuildOptions(prelude(main), main);
  const result = await build({
    ...options,
    plugins: [...(options.plugins ?? []), replacingFiles(root), errorTables()],
    absWorkingDir: root,
    minify: true,
    // Names of a function cost less to parse and to look up than those of a module: 17 M instructions less at the
    // installation of a factory.
    format: 'iife',
    legalComments: 'none',
    // Workspace packages are links; one real path each means one copy of each in the bundle.
    preserveSymlinks: false,
    alias: {
      '@sinonjs/text-encoding': join(root, 'scripts/build/replaced/text-encoding.ts'),
      '@dfinity/candid': join(root, 'scripts/build/replaced/candid.ts'),
      '@dfinity/principal': join(root, 'scripts/build/replaced/principal.ts'),
    },
    // The compiler's path for azle is for its types; the bundle needs the package. Fields without a value are
    // declarations only: defining each before it is assigned would double what an object costs to make.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    write: false,
  });
  return new TextDecoder().decode(result.outputFiles[0]!.contents);

  function prelude(path: string): string {
    return `
      import 'azle/_internal/globals';
      import * as CanisterModule from './${path.slice(dirname(path).length + 1)}';
      const IDL = { Service: () => null };
      const getDefaultVisitorData = () => null;
      const idlToString = () => '';
      createGetCandidAndMethodMetaFunction(CanisterModule);
      ${handleClassApiCanister(path)}
    `;
  }
}

/** Takes our stand-ins for files of azle's that no package name leads to. */
function replacingFiles(root: string): Plugin {
  const standIn = (name: string) => ({ path: join(root, `scripts/build/replaced/${name}.ts`) });
  return {
    name: 'stand-ins for files of azle',
    setup: ({ onResolve }) => {
      onResolve({ filter: /\/stable_json$/ }, () => standIn('stable-json'));
      onResolve({ filter: /\/did_file$/ }, () => standIn('did-file'));
      onResolve({ filter: /\/globals$/ }, () => standIn('globals'));
    },
  };
}
