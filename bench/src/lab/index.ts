/** What the benches of a factory package are made of. */
export { complaints } from '../budgets.ts';
export { bytes, instructions, type CaseGroup, type Figure, type Unit } from '../figure.ts';
export { Lab, OPERATOR, principal, type Launched, type Measured } from './lab.ts';
