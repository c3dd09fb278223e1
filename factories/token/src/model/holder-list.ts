import { concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

/** Before the number of a position, and alone before the list's own state; no account's key begins with it. */
const LISTED = 0xfe;
/** In place of a cursor: everyone who holds is listed. */
const COMPLETE = 0xffff_ffff;

/**
 * The principals that hold tokens, at positions 0, 1, ...: the last takes the place of one that leaves.
 *
 * Tokens of 0.1.0 kept no list. It is made up from their blocks, and until it is complete it tells nothing.
 */
export class HolderList {
  readonly #store: ByteStore;
  readonly #space: number;
  #state: { readonly size: number; readonly cursor: number } | undefined;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number) {
    this.#store = store;
    this.#space = space;
  }

  get size(): number {
    return this.#read().size;
  }

  /** The first block that was not looked through for holders; `null` once the list is complete. */
  get cursor(): number | null {
    const { cursor } = this.#read();
    return cursor === COMPLETE ? null : cursor;
  }

  /** @param cursor `null` for a list that is complete. */
  advance(cursor: number | null): void {
    this.#write(this.size, cursor ?? COMPLETE);
  }

  /** @returns the position. */
  push(owner: Uint8Array): number {
    const { size, cursor } = this.#read();
    this.#store.set(this.#key(size), owner);
    this.#write(size + 1, cursor);
    return size;
  }

  /** Has the last take the place at `position`. @returns the last, `null` if that was its place. */
  remove(position: number): Uint8Array | null {
    const { size, cursor } = this.#read();
    const last = size - 1;
    const owner = position === last ? null : this.at(last);
    if (owner !== null) this.#store.set(this.#key(position), owner);
    this.#store.delete(this.#key(last));
    this.#write(last, cursor);
    return owner;
  }

  at(position: number): Uint8Array {
    const owner = this.#store.get(this.#key(position));
    if (owner === null) throw new Error(`Nobody is at position ${position} of the holders`);
    return owner.slice();
  }

  #read() {
    if (this.#state === undefined) {
      const bytes = this.#store.get(Uint8Array.of(this.#space, LISTED));
      this.#state =
        bytes === null
          ? { size: 0, cursor: 0 }
          : { size: readU32(bytes), cursor: readU32(bytes, 4) };
    }
    return this.#state;
  }

  #write(size: number, cursor: number): void {
    this.#state = { size, cursor };
    this.#store.set(Uint8Array.of(this.#space, LISTED), concat(u32(size), u32(cursor)));
  }

  #key(position: number): Uint8Array {
    return concat(Uint8Array.of(this.#space, LISTED), u32(position));
  }
}
