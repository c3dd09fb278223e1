import type { ByteStore } from '@fabrica/core/store';

const KEY = new Uint8Array();
const BYTES = 16;

/** The numbers that every message needs, in one value: proposals, activities, last ledger time. */
export class Counters {
  readonly #space: ByteStore;
  #view: DataView | undefined;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** Proposals ever made. */
  get proposals(): number {
    return this.#read().getUint32(0);
  }

  /** Entries of the activity log. */
  get activities(): number {
    return this.#read().getUint32(4);
  }

  /** @returns the number of a new proposal. */
  takeProposal(): number {
    const id = this.proposals;
    this.#write((view) => view.setUint32(0, id + 1));
    return id;
  }

  /** @returns the number of a new activity. */
  takeActivity(): number {
    const at = this.activities;
    this.#write((view) => view.setUint32(4, at + 1));
    return at;
  }

  /**
   * A `created_at_time` that no other ledger call of this wallet carries: `now`, or a little later if
   * that was taken. Ledgers know a repetition by it, so two equal transfers must differ in it.
   */
  takeLedgerTime(now: bigint): bigint {
    const last = this.#read().getBigUint64(8);
    const time = now > last ? now : last + 1n;
    this.#write((view) => view.setBigUint64(8, time));
    return time;
  }

  #read(): DataView {
    if (this.#view === undefined) {
      const bytes = new Uint8Array(BYTES);
      bytes.set(this.#space.get(KEY) ?? []);
      this.#view = new DataView(bytes.buffer);
    }
    return this.#view;
  }

  #write(change: (view: DataView) => void): void {
    const view = new DataView(this.#read().buffer.slice(0));
    change(view);
    this.#space.set(KEY, new Uint8Array(view.buffer));
    this.#view = view;
  }
}
