/** The conformance suite for factories. Runs in vitest, on the network of `global-setup.ts`. */
export type {
  ConformanceOptions,
  OwnedContract,
  OwnerSettings,
  People,
  RoleChange,
} from './options.ts';
export { testFactory } from './test-factory.ts';
