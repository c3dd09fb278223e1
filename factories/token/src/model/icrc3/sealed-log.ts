import { bodyDecoder, bodyEncoder } from '@fabrica/core/candid';
import { HASH_BYTES } from '@fabrica/core/crypto';
import { concat, readU32, u32, type ByteStore } from '@fabrica/core/store';

import { BlockWithId } from '../../icrc3-schema.ts';
import type { Block } from '../block-log.ts';
import { blockValue } from './block-value.ts';
import { tipRoot } from './tip-tree.ts';
import { ValueHasher } from './value-hash.ts';

/** Blocks in a page. */
const PAGE_BLOCKS = 16;

/*
 * Under the empty key the tip: version, number of blocks (4 bytes), the last block's hash, the root of the tree
 * over both. Under one zero byte the index of the first block that is here (4 bytes), unless that is 0. Under each page's number (4 bytes) the page: version, where each block ends (4 bytes each, 0 for
 * blocks that are not there yet), the blocks as Candid bodies of `BlockWithId`.
 */
const VERSION = 1;
const TIP_KEY = new Uint8Array();
const FIRST_KEY = new Uint8Array(1);
const HASH_AT = 5;
const ROOT_AT = HASH_AT + HASH_BYTES;
const BLOCKS_AT = 1 + 4 * PAGE_BLOCKS;

const encodeBlock = bodyEncoder(BlockWithId);
const decodeBlock = bodyDecoder(BlockWithId);

/** Where the sealed log ends. */
export interface SealedTip {
  /** Blocks sealed, at least one. */
  readonly length: number;
  /** Hash of the last one. */
  readonly hash: Uint8Array;
  /** The root of the tree over both; see `tipRoot`. */
  readonly root: Uint8Array;
}

/**
 * The blocks as ICRC-3 returns them, each holding the hash of the one before: finished Candid, so that reading
 * is copying. Follows the block log; what is sealed never changes.
 */
export class SealedLog {
  readonly #store: ByteStore;
  readonly #hasher = new ValueHasher();
  #tip: SealedTip | null | undefined;
  #first: number | undefined;

  constructor(store: ByteStore) {
    this.#store = store;
  }

  /** The index of the first block that is here; those before went to archives. A multiple of the page's 16. */
  get first(): number {
    if (this.#first === undefined) {
      const bytes = this.#store.get(FIRST_KEY);
      this.#first = bytes === null ? 0 : readU32(bytes);
    }
    return this.#first;
  }

  /** The number of blocks sealed, those in archives included. */
  get length(): number {
    return this.tip?.length ?? 0;
  }

  /** `null` before the first block. */
  get tip(): SealedTip | null {
    if (this.#tip === undefined) {
      const bytes = this.#store.get(TIP_KEY);
      this.#tip = bytes === null ? null : readTip(bytes);
    }
    return this.#tip;
  }

  /**
   * Seals the next blocks. About 11 M instructions a block, nearly all of it hashing, and 6 M a call; a store
   * set for each page touched and one for the tip, and a get at most.
   */
  append(blocks: readonly Block[]): void {
    let { length } = this;
    let parent = this.tip?.hash ?? null;
    let page = this.#page(length);
    for (const block of blocks) {
      const value = blockValue(block, parent);
      parent = this.#hasher.hash(value);
      page.push(encodeBlock({ id: BigInt(length), block: value }));
      length += 1;
      if (length % PAGE_BLOCKS === 0) {
        this.#save(length - 1, page);
        page = [];
      }
    }
    if (parent === null || blocks.length === 0) return;
    if (page.length > 0) this.#save(length - 1, page);
    this.#end(length, parent);
  }

  #end(length: number, hash: Uint8Array): void {
    const tip = { length, hash, root: tipRoot(length - 1, hash) };
    this.#store.set(TIP_KEY, concat(Uint8Array.of(VERSION), u32(length), tip.hash, tip.root));
    this.#tip = tip;
  }

  #setFirst(first: number): void {
    this.#store.set(FIRST_KEY, u32(first));
    this.#first = first;
  }

  /**
   * Has an empty log begin where another one goes on: an archive's.
   *
   * @param first a multiple of 16.
   * @param parent the hash of the block before; `null` if there is none.
   */
  begin(first: number, parent: Uint8Array | null): void {
    if (parent !== null) this.#end(first, parent);
    this.#setFirst(first);
  }

  /** Forgets the blocks before `end`, a multiple of 16: an archive has them. Costs a delete for each page. */
  drop(end: number): void {
    for (let index = this.first; index < end; index += PAGE_BLOCKS) {
      this.#store.delete(pageKey(index));
    }
    this.#setFirst(end);
  }

  /** The hash of the block before one that is here, or of the last; `null` if there is none. */
  parentOf(index: number): Uint8Array | null {
    if (index === this.length) return this.tip?.hash ?? null;
    const page = this.#load(index);
    const at = index % PAGE_BLOCKS;
    const { block } = decodeBlock(page.slice(startIn(page, at), endIn(page, at)));
    const phash = 'Map' in block ? block.Map.find(([name]) => name === 'phash')?.[1] : undefined;
    return phash !== undefined && 'Blob' in phash ? phash.Blob : null;
  }

  /**
   * The blocks of a range that are sealed, from {@link first} on, as the elements of a vec of `BlockWithId`. Costs a store get for
   * each page.
   */
  read(from: number, limit: number): { readonly count: number; readonly parts: Uint8Array[] } {
    const end = Math.min(this.length, from + limit);
    const parts: Uint8Array[] = [];
    for (let index = from; index < end; ) {
      const page = this.#load(index);
      const first = index % PAGE_BLOCKS;
      const last = Math.min(PAGE_BLOCKS - 1, first + end - index - 1);
      parts.push(page.subarray(startIn(page, first), endIn(page, last)));
      index += last - first + 1;
    }
    return { count: Math.max(0, end - from), parts };
  }

  /** The blocks already in the page that the block `length` goes to. */
  #page(length: number): Uint8Array[] {
    const blocks: Uint8Array[] = [];
    if (length % PAGE_BLOCKS === 0) return blocks;
    const page = this.#load(length);
    for (let at = 0; at < length % PAGE_BLOCKS; at += 1) {
      blocks.push(page.subarray(startIn(page, at), endIn(page, at)));
    }
    return blocks;
  }

  #load(index: number): Uint8Array {
    const page = this.#store.get(pageKey(index));
    if (page?.[0] !== VERSION) throw new Error(`No reader for the page of sealed block ${index}`);
    return page;
  }

  #save(index: number, blocks: readonly Uint8Array[]): void {
    const head = new Uint8Array(BLOCKS_AT);
    head[0] = VERSION;
    let end = BLOCKS_AT;
    blocks.forEach((block, at) => {
      end += block.length;
      head.set(u32(end), 1 + 4 * at);
    });
    this.#store.set(pageKey(index), concat(head, ...blocks));
  }
}

function readTip(bytes: Uint8Array): SealedTip {
  if (bytes[0] !== VERSION) throw new Error(`No reader for tip version ${bytes[0]}`);
  return {
    length: readU32(bytes, 1),
    hash: bytes.slice(HASH_AT, ROOT_AT),
    root: bytes.slice(ROOT_AT),
  };
}

function pageKey(index: number): Uint8Array {
  return u32(Math.floor(index / PAGE_BLOCKS));
}

function startIn(page: Uint8Array, at: number): number {
  return at === 0 ? BLOCKS_AT : endIn(page, at - 1);
}

function endIn(page: Uint8Array, at: number): number {
  return readU32(page, 1 + 4 * at);
}
