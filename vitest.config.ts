import { defineConfig } from 'vitest/config';

/** `unit`: pure code, tests beside it. `canister`: compiled canisters, in `test/` folders. */
export default defineConfig({
  test: {
    // One for pure code, one that waits for the network, which works in a process of its own.
    maxWorkers: 2,
    minWorkers: 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{core,gateway,storage,localnet,testing,bench,generators,scripts,factories/*}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/test/**'],
          // Property tests take their time on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'canister',
          include: [
            '{core,gateway,storage,localnet,testing,bench,generators,factories/*,generators/template}/test/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**'],
          globalSetup: ['testing/src/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
