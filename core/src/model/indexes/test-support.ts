import type { MemoryStore } from '../../store/memory-store.ts';

/** What `work` costs in store operations, in instructions: get 60,000, set 110,000, delete 130,000. */
export function costOf(store: MemoryStore, work: () => unknown): number {
  const before = { ...store.operations };
  work();
  const { get, set, delete: deleted } = store.operations;
  return (
    (get - before.get) * 60_000 + (set - before.set) * 110_000 + (deleted - before.delete) * 130_000
  );
}
