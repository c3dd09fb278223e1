import { concat, readU32, u32, type ByteStore } from '../../store/index.ts';

/** The contract whose snapshot is taken in, and which of its snapshots it is. */
interface Snapshot {
  readonly number: number;
  readonly generation: number;
}

const MASK_AT = 4;

/**
 * Which roles a contract's snapshot named, until what it did not name is taken out. A mark is of one
 * generation: what a snapshot that never ended left behind counts for nothing in the next.
 *
 * Shares a keyspace with `MemberList`, whose keys begin with 0 and 1: `2 | contract u32 | principal` ->
 * `generation u32 | roles u8`.
 */
export class SnapshotMarks {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  add(of: Snapshot, user: Uint8Array, bit: number): void {
    this.#put(of, user, this.#of(of, user) | bit);
  }

  remove(of: Snapshot, user: Uint8Array, bit: number): void {
    const marked = this.#of(of, user);
    if ((marked & bit) !== 0) this.#put(of, user, marked & ~bit);
  }

  /** The roles that were named, as bits; they are forgotten. */
  take(of: Snapshot, user: Uint8Array): number {
    const marked = this.#of(of, user);
    this.#space.delete(keyOf(of, user));
    return marked;
  }

  #of(of: Snapshot, user: Uint8Array): number {
    const bytes = this.#space.get(keyOf(of, user));
    return bytes !== null && readU32(bytes) === of.generation ? bytes[MASK_AT]! : 0;
  }

  #put(of: Snapshot, user: Uint8Array, mask: number): void {
    const key = keyOf(of, user);
    if (mask === 0) this.#space.delete(key);
    else this.#space.set(key, concat(u32(of.generation), Uint8Array.of(mask)));
  }
}

function keyOf({ number }: Snapshot, user: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(2), u32(number), user);
}
