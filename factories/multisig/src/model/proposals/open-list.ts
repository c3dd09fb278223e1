import { readU32, readU64, u32, u64, concat, type ByteStore } from '@fabrica/core/store';

/** A proposal that is not closed. */
export interface OpenEntry {
  readonly id: number;
  /** Serial of its proposer. */
  readonly proposer: number;
  /** When it wants attention, in nanoseconds since the epoch: it expires, ripens, goes on. */
  readonly due: bigint;
}

const KEY = new Uint8Array();
const ENTRY_BYTES = 16;
const DUE_AT = 8;

/** The proposals that are not closed, in one value of 16 bytes each: id, proposer, due time. */
export class OpenList {
  readonly #space: ByteStore;
  #bytes: Uint8Array | undefined;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  get size(): number {
    return this.#read().length / ENTRY_BYTES;
  }

  /** In the order in which they were proposed. */
  entries(): OpenEntry[] {
    const bytes = this.#read();
    const entries: OpenEntry[] = [];
    for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
      const due = readU64(bytes, at + DUE_AT);
      entries.push({ id: readU32(bytes, at), proposer: readU32(bytes, at + 4), due });
    }
    return entries;
  }

  /** How many are of the member with this serial. */
  countOf(proposer: number): number {
    const bytes = this.#read();
    let count = 0;
    for (let at = 4; at < bytes.length; at += ENTRY_BYTES) {
      if (readU32(bytes, at) === proposer) count += 1;
    }
    return count;
  }

  add({ id, proposer, due }: OpenEntry): void {
    this.#write(concat(this.#read(), u32(id), u32(proposer), u64(due)));
  }

  /** Sets when an entry is due. */
  setDue(id: number, due: bigint): void {
    const at = this.#find(id);
    if (at < 0) throw new Error(`Proposal ${id} is not open`);
    if (readU64(this.#read(), at + DUE_AT) === due) return;
    const bytes = this.#read().slice();
    bytes.set(u64(due), at + DUE_AT);
    this.#write(bytes);
  }

  remove(id: number): void {
    const at = this.#find(id);
    if (at < 0) throw new Error(`Proposal ${id} is not open`);
    const bytes = this.#read();
    this.#write(concat(bytes.subarray(0, at), bytes.subarray(at + ENTRY_BYTES)));
  }

  #find(id: number): number {
    const bytes = this.#read();
    for (let at = 0; at < bytes.length; at += ENTRY_BYTES) if (readU32(bytes, at) === id) return at;
    return -1;
  }

  #read(): Uint8Array {
    this.#bytes ??= this.#space.get(KEY) ?? new Uint8Array();
    return this.#bytes;
  }

  #write(bytes: Uint8Array): void {
    this.#space.set(KEY, bytes);
    this.#bytes = bytes;
  }
}
