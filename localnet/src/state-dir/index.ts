export type { StateFiles } from './files.ts';
export { StateError } from './state-error.ts';
export { type KeptNetwork, StateFolder } from './state-folder.ts';
export type { Checkpoint } from './store.ts';
