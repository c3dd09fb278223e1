/** Stable structures over one map of bytes: pure, so that rules built on them run anywhere. */
export { ascii, binary, concat, equal, readU32, readU64, u32, u64 } from './bytes.ts';
export type { ByteStore } from './byte-store.ts';
export { Cell } from './cell.ts';
export { Counter } from './counter.ts';
export { keyspaces } from './keyspaces.ts';
export { MemoryStore } from './memory-store.ts';
export { Queue } from './queue.ts';
export { Sequence } from './sequence.ts';
export { migration, stored, type Codec, type Migration } from './stored.ts';
export { Table } from './table.ts';
