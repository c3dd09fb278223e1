import type { ByteStore } from '@fabrica/core/store';

import { amountSize, MAX_AMOUNT_BYTES, readAmount, writeAmount } from './amount.ts';
import { MAX_TRANSACTION_BYTES } from './transaction.ts';

/** A block as the log keeps it. */
export interface Block {
  /** When the ledger recorded it, in nanoseconds since the epoch; never less than the block's before. */
  readonly timestamp: bigint;
  /** The fee that was charged. */
  readonly fee: bigint;
  /** The transaction's canonical bytes; see `encodeTransaction`. */
  readonly transaction: Uint8Array;
}

/** Blocks in a page. */
export const PAGE_BLOCKS = 8;

/*
 * A page: version, number of blocks; the total supply after its last block, as an amount; where each block ends
 * (2 bytes each); the blocks. A block: timestamp, fee charged as an amount, transaction.
 */
const VERSION = 1;
const SUPPLY_AT = 2;
const ENDS_AT = SUPPLY_AT + MAX_AMOUNT_BYTES;
const BLOCKS_AT = ENDS_AT + 2 * PAGE_BLOCKS;
const MAX_PAGE_BYTES = BLOCKS_AT + PAGE_BLOCKS * (8 + MAX_AMOUNT_BYTES + MAX_TRANSACTION_BYTES);

/**
 * Every block ever recorded, in pages of {@link PAGE_BLOCKS}, with the total supply beside the last one.
 *
 * A stable write costs 40,000 to 110,000 instructions and 15 for each byte, so the page that is being filled
 * is kept on the heap and written whole: recording a transaction and the supply it leaves is one store set,
 * and reading 100 blocks is 13 gets. The number of blocks is stored nowhere else; it is found again after an
 * upgrade by halving, in about two gets for each doubling of the log.
 */
export class BlockLog {
  readonly #store: ByteStore;
  readonly #space: number;
  readonly #tail = new Uint8Array(MAX_PAGE_BYTES);
  readonly #view = new DataView(this.#tail.buffer);
  #tailKey: Uint8Array;
  /** Number of the page being filled. */
  #page = 0;
  /** Blocks and bytes in it. */
  #count = 0;
  #end = BLOCKS_AT;
  #supply = 0n;

  /** @param space the number of the keyspace. */
  constructor(store: ByteStore, space: number) {
    this.#store = store;
    this.#space = space;
    this.#recover();
    this.#tailKey = this.#key(this.#page);
  }

  /** The number of blocks: the index of the next. */
  get length(): number {
    return this.#page * PAGE_BLOCKS + this.#count;
  }

  /** The total supply after the last block. */
  get supply(): bigint {
    return this.#supply;
  }

  /**
   * Records a block and the total supply it leaves. Costs one store set.
   *
   * @returns its index.
   */
  append({ timestamp, fee, transaction }: Block, supply: bigint): number {
    if (this.#count === PAGE_BLOCKS) {
      this.#page += 1;
      this.#tailKey = this.#key(this.#page);
      this.#count = 0;
      this.#end = BLOCKS_AT;
    }
    const tail = this.#tail;
    const view = this.#view;
    view.setBigUint64(this.#end, timestamp);
    const at = writeAmount(view, this.#end + 8, fee);
    tail.set(transaction, at);
    const end = at + transaction.length;
    view.setUint16(ENDS_AT + 2 * this.#count, end);
    this.#end = end;
    this.#count += 1;
    tail[0] = VERSION;
    tail[1] = this.#count;
    writeAmount(view, SUPPLY_AT, supply);
    this.#supply = supply;
    this.#store.set(this.#tailKey, tail.subarray(0, end));
    return this.length - 1;
  }

  /** The newest block, or `null` before the first. Costs nothing. */
  get last(): Block | null {
    return this.#count === 0 ? null : blockIn(this.#tail, this.#count - 1);
  }

  /** The block with this index, or `null` if there is none yet. Costs one store get at most. */
  at(index: number): Block | null {
    return this.slice(index, 1)[0] ?? null;
  }

  /** The blocks from `from` on, `limit` at most. Costs one store get for each page that is not being filled. */
  slice(from: number, limit: number): Block[] {
    const blocks: Block[] = [];
    const end = Math.min(this.length, from + limit);
    for (let index = from; index < end; ) {
      const number = Math.floor(index / PAGE_BLOCKS);
      const page = number === this.#page ? this.#tail : this.#load(number);
      const pageEnd = Math.min(end, (number + 1) * PAGE_BLOCKS);
      for (; index < pageEnd; index += 1) blocks.push(blockIn(page, index % PAGE_BLOCKS));
    }
    return blocks;
  }

  #load(number: number): Uint8Array {
    const page = this.#find(number);
    if (page === null) throw new Error(`The page ${number} of the block log is missing`);
    return page;
  }

  #find(number: number): Uint8Array | null {
    const page = this.#store.get(this.#key(number));
    if (page !== null && page[0] !== VERSION) {
      throw new Error(`No reader for block page version ${page[0]}`);
    }
    return page;
  }

  /** Finds the last page and takes it to the heap. */
  #recover(): void {
    let last = this.#find(0);
    if (last === null) return;
    const advance = (step: number): boolean => {
      const page = this.#find(this.#page + step);
      if (page === null) return false;
      last = page;
      this.#page += step;
      return true;
    };
    let step = 1;
    while (advance(step)) step *= 2;
    while (step > 1) {
      step /= 2;
      advance(step);
    }
    this.#tail.set(last);
    this.#count = last[1]!;
    this.#end = last.length;
    this.#supply = readAmount(this.#view, SUPPLY_AT);
  }

  #key(page: number): Uint8Array {
    const key = new Uint8Array(5);
    key[0] = this.#space;
    new DataView(key.buffer).setUint32(1, page);
    return key;
  }
}

/** The block at a position of a page; a copy, as pages change. */
function blockIn(page: Uint8Array, position: number): Block {
  const view = new DataView(page.buffer, page.byteOffset);
  const start = position === 0 ? BLOCKS_AT : view.getUint16(ENDS_AT + 2 * (position - 1));
  const end = view.getUint16(ENDS_AT + 2 * position);
  const fee = readAmount(view, start + 8);
  return {
    timestamp: view.getBigUint64(start),
    fee,
    transaction: page.slice(start + 8 + amountSize(fee), end),
  };
}
