import type { ByteStore } from './byte-store.ts';

const KEY = new Uint8Array();
const HALF = 2 ** 32;

/** A running total, 0 to 2^53 - 1: eight bytes and no schema, for what is counted in every message. */
export class Counter {
  readonly #space: ByteStore;
  #value: number | undefined;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  get(): number {
    if (this.#value === undefined) {
      const bytes = this.#space.get(KEY);
      const view = bytes === null ? null : new DataView(bytes.buffer, bytes.byteOffset);
      this.#value = view === null ? 0 : view.getUint32(0) * HALF + view.getUint32(4);
    }
    return this.#value;
  }

  add(count: number): void {
    const value = this.get() + count;
    const bytes = new Uint8Array(8);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, Math.floor(value / HALF));
    view.setUint32(4, value % HALF);
    this.#space.set(KEY, bytes);
    this.#value = value;
  }
}
