/** The conformance suite for factories. Runs in vitest, on the network of `global-setup.ts`. */
export type { ConformanceOptions, People } from './options.ts';
export { testFactory } from './test-factory.ts';
