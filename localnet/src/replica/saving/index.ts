export type { ChunkSink, ChunkSource, Ref } from './chunks.ts';
export { getRecord, putRecord } from './chunks.ts';
export { restoreWorld } from './restore-world.ts';
export { type NetworkClock, saveWorld } from './save-world.ts';
export type { SavedNetwork } from './saved.ts';
