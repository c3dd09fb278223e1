import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * How every package is built for Node and browsers: `tsup --config <here>` in the package's folder. Each entry of
 * `exports` becomes a module of `dist/`, under the names that `publishConfig.exports` gives; what they share is
 * shared. Dependencies stay imports.
 */
const { exports: doors } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string>;
};

export default defineConfig({
  entry: Object.fromEntries(
    Object.entries(doors).map(([door, source]) => [door === '.' ? 'index' : door.slice(2), source]),
  ),
  format: ['esm'],
  platform: 'neutral',
  target: 'es2022',
  clean: true,
  dts: true,
  splitting: true,
});
