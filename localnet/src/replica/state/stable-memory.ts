import { LIMITS } from '../config/limits.ts';

/** Bytes per stored piece: the replica's own page size, which its dirty-page charge counts. */
const PIECE = 4096;
/** Bytes per WASM page, the unit of `size` and `grow`. */
const PAGE = 65_536;

/** A frozen copy of a stable memory. Its pieces are shared and never written again. */
export interface StableImage {
  readonly pages: number;
  readonly pieces: ReadonlyMap<number, Uint8Array>;
}

/**
 * Sparse stable memory with one open transaction. Untouched pieces are not stored: a canister may
 * have grown it by gigabytes. Committed pieces are never written in place, so rolling back is to
 * forget the written ones, and images are free.
 */
export class StableMemory {
  #pages = 0;
  #pieces = new Map<number, Uint8Array>();
  #committedPages = 0;
  #revision = 0;
  readonly #written = new Map<number, Uint8Array>();

  /** Size in WASM pages of 64 KiB. */
  get pages(): number {
    return this.#pages;
  }

  /** A number that is another one whenever the committed content may be. */
  get revision(): number {
    return this.#revision;
  }

  /** Pieces written since the last commit or rollback. */
  get dirtyPieces(): number {
    return this.#written.size;
  }

  /** Size in bytes. */
  get byteLength(): number {
    return this.#pages * PAGE;
  }

  /** Adds pages. Returns the old size in pages, or -1 if there is no room. */
  grow(pages: number): number {
    const old = this.#pages;
    if (old + pages > LIMITS.stablePages) return -1;
    this.#pages = old + pages;
    return old;
  }

  /** Copies bytes out. The caller has checked that `offset + target.length` is within the memory. */
  read(offset: number, target: Uint8Array): void {
    let done = 0;
    while (done < target.length) {
      const index = Math.floor((offset + done) / PIECE);
      const start = offset + done - index * PIECE;
      const count = Math.min(PIECE - start, target.length - done);
      const piece = this.#written.get(index) ?? this.#pieces.get(index);
      if (piece) target.set(piece.subarray(start, start + count), done);
      else target.fill(0, done, done + count);
      done += count;
    }
  }

  /** Copies bytes in. The caller has checked that `offset + source.length` is within the memory. */
  write(offset: number, source: Uint8Array): void {
    let done = 0;
    while (done < source.length) {
      const index = Math.floor((offset + done) / PIECE);
      const start = offset + done - index * PIECE;
      const count = Math.min(PIECE - start, source.length - done);
      this.#writable(index).set(source.subarray(done, done + count), start);
      done += count;
    }
  }

  /** Keeps what was written. */
  commit(): void {
    if (this.#written.size > 0 || this.#pages !== this.#committedPages) this.#revision += 1;
    for (const [index, piece] of this.#written) this.#pieces.set(index, piece);
    this.#written.clear();
    this.#committedPages = this.#pages;
  }

  /** Forgets what was written since the last commit. */
  rollback(): void {
    this.#written.clear();
    this.#pages = this.#committedPages;
  }

  /** The written, uncommitted part: what a composite query carries across its calls. */
  takeWritten(): StableImage {
    const image = { pages: this.#pages, pieces: new Map(this.#written) };
    this.rollback();
    return image;
  }

  /** Puts an uncommitted part back, to be written further. */
  putWritten(image: StableImage): void {
    this.rollback();
    this.#pages = image.pages;
    for (const [index, piece] of image.pieces) this.#written.set(index, piece.slice());
  }

  /** The committed content. */
  image(): StableImage {
    return { pages: this.#committedPages, pieces: new Map(this.#pieces) };
  }

  /** Replaces everything by an image, committed. */
  restore(image: StableImage): void {
    this.#written.clear();
    this.#pieces = new Map(image.pieces);
    this.#pages = image.pages;
    this.#committedPages = image.pages;
    this.#revision += 1;
  }

  /** All bytes, dense. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.byteLength);
    for (const [index, piece] of this.#pieces) bytes.set(piece, index * PIECE);
    return bytes;
  }

  /** Replaces everything by dense bytes; the last page is filled with zeros. */
  fromBytes(bytes: Uint8Array): void {
    const pages = Math.ceil(bytes.length / PAGE);
    this.restore({ pages, pieces: new Map() });
    this.write(0, bytes);
    this.commit();
  }

  #writable(index: number): Uint8Array {
    const open = this.#written.get(index);
    if (open) return open;
    const committed = this.#pieces.get(index);
    const copy = committed ? committed.slice() : new Uint8Array(PIECE);
    this.#written.set(index, copy);
    return copy;
  }
}

/** A stable memory with nothing in it. */
export const EMPTY_STABLE: StableImage = { pages: 0, pieces: new Map() };
