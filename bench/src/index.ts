/** Instruction benchmarks and their budgets. Private: not published. */
export { budgets, ceilings, complaints, growths, type Growth } from './budgets.ts';
export { peersOf, type Peer } from './comparisons.ts';
export type { CaseGroup, Figure, Unit } from './figure.ts';
export { groups } from './groups.ts';
export { resultsOf, tableOf, type Result } from './report.ts';
