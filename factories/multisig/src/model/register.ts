import { concat, readU32, readU64, u32, u64, type ByteStore } from '@fabrica/core/store';

/** A proposal that is not closed. */
export interface OpenEntry {
  readonly id: number;
  /** Serial of its proposer. */
  readonly proposer: number;
  /** When it wants attention, in nanoseconds since the epoch: it expires, ripens, goes on. */
  readonly due: bigint;
}

const KEY = new Uint8Array();
const PROPOSALS_AT = 0;
const ACTIVITIES_AT = 4;
const LEDGER_TIME_AT = 8;
const HEAD_BYTES = 16;
const ENTRY_BYTES = 16;
const PROPOSER_AT = 4;
const DUE_AT = 8;

/**
 * The numbers that every message needs and the proposals that are not closed, in one value: a head of 16
 * bytes, then 16 for each open proposal. One value, because a write costs 110,000 instructions whatever its
 * size; {@link batch} makes several changes one write.
 */
export class Register {
  readonly #space: ByteStore;
  #bytes: Uint8Array | undefined;
  #batches = 0;
  #unwritten = false;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** Proposals ever made. */
  get proposals(): number {
    return readU32(this.#read(), PROPOSALS_AT);
  }

  /** Entries of the activity log. */
  get activities(): number {
    return readU32(this.#read(), ACTIVITIES_AT);
  }

  /** Proposals that are not closed. */
  get open(): number {
    return (this.#read().length - HEAD_BYTES) / ENTRY_BYTES;
  }

  /** @returns the number of a new proposal. */
  takeProposal(): number {
    const id = this.proposals;
    this.#put(PROPOSALS_AT, u32(id + 1));
    return id;
  }

  /** @returns the number of a new activity. */
  takeActivity(): number {
    const at = this.activities;
    this.#put(ACTIVITIES_AT, u32(at + 1));
    return at;
  }

  /**
   * A `created_at_time` that no other ledger call of this wallet carries: `now`, or a little later if
   * that was taken. Ledgers know a repetition by it, so two equal transfers must differ in it.
   */
  takeLedgerTime(now: bigint): bigint {
    const last = readU64(this.#read(), LEDGER_TIME_AT);
    const time = now > last ? now : last + 1n;
    this.#put(LEDGER_TIME_AT, u64(time));
    return time;
  }

  /** The open proposals, in the order in which they were proposed. */
  entries(): OpenEntry[] {
    const bytes = this.#read();
    const entries: OpenEntry[] = [];
    for (let at = HEAD_BYTES; at < bytes.length; at += ENTRY_BYTES) {
      const proposer = readU32(bytes, at + PROPOSER_AT);
      entries.push({ id: readU32(bytes, at), proposer, due: readU64(bytes, at + DUE_AT) });
    }
    return entries;
  }

  /** Open proposals of the member with this serial. */
  openOf(proposer: number): number {
    const bytes = this.#read();
    let count = 0;
    for (let at = HEAD_BYTES + PROPOSER_AT; at < bytes.length; at += ENTRY_BYTES) {
      if (readU32(bytes, at) === proposer) count += 1;
    }
    return count;
  }

  add({ id, proposer, due }: OpenEntry): void {
    this.#write(concat(this.#read(), u32(id), u32(proposer), u64(due)));
  }

  /** Sets when an open proposal is due. */
  setDue(id: number, due: bigint): void {
    const at = this.#find(id) + DUE_AT;
    if (readU64(this.#read(), at) !== due) this.#put(at, u64(due));
  }

  /** Takes a proposal off the open ones. */
  remove(id: number): void {
    const at = this.#find(id);
    const bytes = this.#read();
    this.#write(concat(bytes.subarray(0, at), bytes.subarray(at + ENTRY_BYTES)));
  }

  /** Writes what `change` changes once, at its end. */
  batch<T>(change: () => T): T {
    this.#batches += 1;
    const result = change();
    this.#batches -= 1;
    if (this.#batches === 0 && this.#unwritten) this.#write(this.#read());
    return result;
  }

  #find(id: number): number {
    const bytes = this.#read();
    for (let at = HEAD_BYTES; at < bytes.length; at += ENTRY_BYTES) {
      if (readU32(bytes, at) === id) return at;
    }
    throw new Error(`Proposal ${id} is not open`);
  }

  #read(): Uint8Array {
    this.#bytes ??= this.#space.get(KEY) ?? new Uint8Array(HEAD_BYTES);
    return this.#bytes;
  }

  #put(at: number, value: Uint8Array): void {
    const bytes = this.#read().slice();
    bytes.set(value, at);
    this.#write(bytes);
  }

  /** A change that throws is a bug, and its message is rolled back, heap and all. */
  #write(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#unwritten = this.#batches > 0;
    if (!this.#unwritten) this.#space.set(KEY, bytes);
  }
}
