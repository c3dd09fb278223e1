/** Upgrades from every release that is kept, with live data. Runs in vitest, on the network of `global-setup.ts`. */
export { testReleases, type LiveContract, type ReleaseScenario } from './test-releases.ts';
