import type { ByteStore } from './byte-store.ts';
import { readU32, u32 } from './bytes.ts';
import type { Codec } from './stored.ts';

const ENDS_KEY = new Uint8Array();

/** A durable first-in, first-out queue with a bound. Survives upgrades; order is never lost. */
export class Queue<T> {
  readonly #space: ByteStore;
  readonly #codec: Codec<T>;
  readonly #max: number;
  #ends: { head: number; tail: number } | undefined;

  /** @param options.max the most entries held at once. */
  constructor(space: ByteStore, codec: Codec<T>, options: { readonly max: number }) {
    this.#space = space;
    this.#codec = codec;
    this.#max = options.max;
  }

  get size(): number {
    const { head, tail } = this.#read();
    return tail - head;
  }

  /** True if {@link push} would be refused. */
  get isFull(): boolean {
    return this.size >= this.#max;
  }

  /** How many entries ever left the queue: the number of the one now at its head. */
  get popped(): number {
    return this.#read().head;
  }

  /** @returns false, and leaves the queue as it is, if it is full. */
  push(value: T): boolean {
    const { head, tail } = this.#read();
    if (this.isFull) return false;
    this.#space.set(u32(tail), this.#codec.encode(value));
    this.#write(head, tail + 1);
    return true;
  }

  /** The oldest entry, or `null` if there is none. */
  peek(): T | null {
    return this.peekMany(1)[0] ?? null;
  }

  /** The oldest entries in order, `count` at most. */
  peekMany(count: number): T[] {
    const { head, tail } = this.#read();
    const values: T[] = [];
    for (let at = head; at < Math.min(tail, head + count); at += 1) {
      const bytes = this.#space.get(u32(at));
      if (bytes === null) throw new Error(`Queue entry ${at} is missing`);
      values.push(this.#codec.decode(bytes));
    }
    return values;
  }

  /** Removes the oldest entries, `count` at most. @returns how many were removed. */
  drop(count: number): number {
    const { head, tail } = this.#read();
    const end = Math.min(tail, head + count);
    for (let at = head; at < end; at += 1) this.#space.delete(u32(at));
    if (end > head) this.#write(end, tail);
    return end - head;
  }

  /** Removes and returns the oldest entry, or `null`. */
  pop(): T | null {
    const value = this.peek();
    this.drop(1);
    return value;
  }

  #read(): { head: number; tail: number } {
    if (this.#ends === undefined) {
      const bytes = this.#space.get(ENDS_KEY);
      this.#ends =
        bytes === null ? { head: 0, tail: 0 } : { head: readU32(bytes), tail: readU32(bytes, 4) };
    }
    return this.#ends;
  }

  #write(head: number, tail: number): void {
    const bytes = new Uint8Array(8);
    bytes.set(u32(head));
    bytes.set(u32(tail), 4);
    this.#space.set(ENDS_KEY, bytes);
    this.#ends = { head, tail };
  }
}
