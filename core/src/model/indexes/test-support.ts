import type { ByteStore } from '../../store/byte-store.ts';
import { MemoryStore } from '../../store/memory-store.ts';

/**
 * A store that adds up what its operations cost in a canister, in instructions: a fit to azle's stable map
 * with 27,000 entries and 31-byte keys. It rewrites a value's whole node, so bytes count.
 */
export class PricedStore implements ByteStore {
  readonly memory = new MemoryStore();
  spent = 0;

  get(key: Uint8Array): Uint8Array | null {
    const value = this.memory.get(key);
    this.spent += 82_000 + 8 * (value?.length ?? 0);
    return value;
  }

  set(key: Uint8Array, value: Uint8Array): void {
    this.memory.set(key, value);
    this.spent += 166_000 + 33 * value.length;
  }

  delete(key: Uint8Array): void {
    this.memory.delete(key);
    this.spent += 156_000;
  }

  /** What `work` costs. */
  cost(work: () => unknown): number {
    const before = this.spent;
    work();
    return this.spent - before;
  }

  /** How many gets, sets and deletes `work` makes, as `"1 1 0"`. */
  operations(work: () => unknown): string {
    const before = { ...this.memory.operations };
    work();
    const { get, set, delete: deleted } = this.memory.operations;
    return `${get - before.get} ${set - before.set} ${deleted - before.delete}`;
  }
}
