import { c } from '../candid/index.ts';
import { Cell, stored, u32, type ByteStore, type Codec, type Table } from '../store/index.ts';

/** Pieces of work of one kind that may be open at once, at most. */
export const MAX_OPEN_WORK = 50;

const Open: Codec<readonly number[]> = stored(1, c.vec(c.nat32, { max: MAX_OPEN_WORK }));

/** Work on contracts: one record for each contract, and the list of those that are open. */
export class OpenWork<T extends { readonly number: number }> {
  readonly #records: Table<T>;
  readonly #open: Cell<readonly number[]>;
  readonly #isOpen: (record: T) => boolean;

  constructor(records: Table<T>, open: ByteStore, isOpen: (record: T) => boolean) {
    this.#records = records;
    this.#open = new Cell(open, Open, []);
    this.#isOpen = isOpen;
  }

  /** The contracts whose work is open. Read from the heap. */
  get open(): readonly number[] {
    return this.#open.get();
  }

  /** True if no further work may be begun. */
  get isFull(): boolean {
    return this.open.length >= MAX_OPEN_WORK;
  }

  of(number: number): T | null {
    return this.#records.get(u32(number));
  }

  /** @throws Error if it is open and there is no room: ask first. */
  save(record: T): void {
    const { number } = record;
    this.#records.set(u32(number), record);
    const opens = this.#isOpen(record);
    if (opens === this.open.includes(number)) return;
    if (opens && this.isFull) throw new Error('No room');
    this.#close(number);
    if (opens) this.#open.set([...this.open, number]);
  }

  delete(number: number): void {
    this.#records.delete(u32(number));
    this.#close(number);
  }

  #close(number: number): void {
    if (!this.open.includes(number)) return;
    this.#open.set(this.open.filter((known) => known !== number));
  }
}
