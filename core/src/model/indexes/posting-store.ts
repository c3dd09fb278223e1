import type { ByteStore } from '../../store/byte-store.ts';
import { within } from '../../store/keyspaces.ts';
import { keyName, numberedKey } from './keys.ts';
import { chunksOf, PAGED, rootOf, type ChunkBits } from './posting-root.ts';
import { aligned, refuseVersion, VERSION } from './stored.ts';

const ROOT = 0;
const PAGE = 1;

/** How many roots of large sets the cache keeps. */
const CACHE_MAX = 512;

/** The root of a large set. */
export interface PagedRoot {
  chunks: ChunkBits;
  /** Numbers in the set, once somebody asked. */
  size: number | null;
}

/**
 * Where posting sets are: `prefix 00 key` a root, `prefix 01 key chunk:u32be` a page. Keeps the roots of
 * large sets on the heap, because they change only when a page comes or goes while a get costs 80,000
 * instructions; the heap is rolled back with stable memory, so the two never disagree.
 */
export class PostingStore {
  readonly #roots: ByteStore;
  readonly #pages: ByteStore;
  readonly #cache = new Map<string, PagedRoot>();

  constructor(store: ByteStore, prefix: Uint8Array) {
    this.#roots = within(store, ...prefix, ROOT);
    this.#pages = within(store, ...prefix, PAGE);
  }

  /** Whether {@link root} answers without a read. */
  isCached(key: Uint8Array): boolean {
    return this.#cache.has(keyName(key));
  }

  /** The root: `null` for no set, the bytes of a small set's list, or a large set's chunks. */
  root(key: Uint8Array): Uint8Array | PagedRoot | null {
    const name = keyName(key);
    const cached = this.#cache.get(name);
    if (cached !== undefined) return cached;
    const value = this.#roots.get(key);
    if (value === null) return null;
    if (value[0] !== VERSION) refuseVersion(value, 'posting set');
    if (value[1] !== PAGED) return aligned(value);
    return this.#remember(name, { chunks: chunksOf(value), size: null });
  }

  /** Writes a small set. */
  saveList(key: Uint8Array, list: Uint8Array): void {
    this.#roots.set(key, list);
  }

  /** Writes a large set's root with these chunks; without any, the set is gone. */
  saveChunks(key: Uint8Array, root: PagedRoot, chunks: ChunkBits): void {
    if (chunks.length === 0) {
      this.drop(key);
      return;
    }
    root.chunks = chunks;
    this.#remember(keyName(key), root);
    this.#roots.set(key, rootOf(chunks));
  }

  /** Removes the root. */
  drop(key: Uint8Array): void {
    this.#cache.delete(keyName(key));
    this.#roots.delete(key);
  }

  /** A page, or `null`. */
  page(key: Uint8Array, chunk: number): Uint8Array | null {
    const page = this.#pages.get(numberedKey(key, chunk));
    if (page === null) return null;
    if (page[0] !== VERSION) refuseVersion(page, 'posting page');
    return aligned(page);
  }

  /** A page that the root says is there. Throws `Error` when it is not: the stored set is broken. */
  requirePage(key: Uint8Array, chunk: number): Uint8Array {
    const page = this.page(key, chunk);
    if (page === null) throw new Error(`posting page ${chunk} is missing from its set`);
    return page;
  }

  savePage(key: Uint8Array, chunk: number, page: Uint8Array): void {
    this.#pages.set(numberedKey(key, chunk), page);
  }

  dropPage(key: Uint8Array, chunk: number): void {
    this.#pages.delete(numberedKey(key, chunk));
  }

  #remember(name: string, root: PagedRoot): PagedRoot {
    if (this.#cache.size >= CACHE_MAX && !this.#cache.has(name)) this.#cache.clear();
    this.#cache.set(name, root);
    return root;
  }
}
