import { readTargets } from '../../../scripts/build/targets.ts';
import { fileURLToPath } from 'node:url';
import { builtModule } from '@fabrica/testing';
import { bytes, type CaseGroup } from '../figure.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Gzipped sizes of everything that is deployed. */
export const modules: CaseGroup = {
  name: 'modules',
  heavy: false,
  run: () =>
    Promise.resolve(
      readTargets(root).map(({ name }) => bytes(`modules.${name}`, builtModule(name).wasm.length)),
    ),
};
