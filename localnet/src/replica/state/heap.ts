import type { PreparedModule } from '../../wasm/index.ts';
import { Instance } from '../execution/instance.ts';
import { type HeapImage, HeapPacker, type PackedHeap, PIECE, unpack } from './heap-image.ts';

/** What heaps of one network share. */
export class HeapPool {
  readonly imports: (module: PreparedModule) => WebAssembly.Imports;
  readonly #maxLive: number;
  readonly #live = new Set<Heap>();
  readonly #packers = new WeakMap<PreparedModule, HeapPacker>();
  #scratch = new Uint8Array(0);
  #scratchOwner: Heap | null = null;

  /** @param maxLive Instances kept at most; those used longest ago are packed away. */
  constructor(imports: (module: PreparedModule) => WebAssembly.Imports, maxLive: number) {
    this.imports = imports;
    this.#maxLive = maxLive;
  }

  /** Marks a heap as used just now. */
  touch(heap: Heap): void {
    this.#live.delete(heap);
    this.#live.add(heap);
    if (this.#live.size <= this.#maxLive) return;
    const [oldest] = this.#live;
    oldest?.drop();
  }

  /** Forgets a heap's instance. */
  remove(heap: Heap): void {
    this.#live.delete(heap);
    if (this.#scratchOwner === heap) this.#scratchOwner = null;
  }

  /** Copies a heap into the shared buffer, unless the buffer still holds exactly that. */
  saveTo(heap: Heap, instance: Instance, held: HeapImage | null): HeapImage {
    if (held !== null && this.#scratchOwner === heap) return held;
    if (this.#scratch.length < instance.heap.length) {
      // Some slack, so that a heap growing page by page does not reallocate at each message.
      this.#scratch = new Uint8Array(Math.ceil(instance.heap.length * 1.25));
    }
    this.#scratchOwner = heap;
    return instance.save(this.#scratch);
  }

  /** The packer of a module's heaps. */
  packer(module: PreparedModule): HeapPacker {
    const known = this.#packers.get(module);
    if (known) return known;
    const packer = new HeapPacker();
    this.#packers.set(module, packer);
    return packer;
  }
}

/**
 * The heap of one canister: a live instance, or a packed image from which one is made when needed.
 * One transaction at a time: `begin`, run, then `commit` or `rollback`.
 */
export class Heap {
  readonly module: PreparedModule;
  readonly #pool: HeapPool;
  #instance: Instance | null = null;
  /** The heap packed, as it was last time: its content where there is no instance. */
  #packed: PackedHeap | null = null;
  #before: HeapImage | null = null;
  #open = false;
  #pages: number;
  #revision = 0;

  private constructor(pool: HeapPool, module: PreparedModule) {
    this.#pool = pool;
    this.module = module;
    this.#pages = module.memory?.initial ?? 0;
  }

  /** A fresh heap of a module. Its start function has not run. Throws what the engine throws. */
  static fresh(pool: HeapPool, module: PreparedModule): Heap {
    const heap = new Heap(pool, module);
    heap.#instance = new Instance(module, pool.imports(module));
    pool.touch(heap);
    return heap;
  }

  /** A heap with the content of an image. */
  static from(pool: HeapPool, module: PreparedModule, image: HeapImage): Heap {
    const heap = new Heap(pool, module);
    heap.#pack(image);
    heap.#pages = image.bytes.length / 65_536;
    return heap;
  }

  /** A heap with the content of another one, packed. */
  static fromPacked(pool: HeapPool, module: PreparedModule, packed: PackedHeap): Heap {
    const heap = new Heap(pool, module);
    heap.#packed = packed;
    heap.#pages = (packed.pieces.length * PIECE) / 65_536;
    pool.packer(module).adopt(packed);
    return heap;
  }

  /** Size in pages of 64 KiB, as of the last commit. */
  get pages(): number {
    return this.#pages;
  }

  /** A number that is another one whenever the content may be. */
  get revision(): number {
    return this.#revision;
  }

  /** The instance, made from the packed image if there is none. */
  instance(): Instance {
    if (this.#instance === null) {
      this.#instance = new Instance(this.module, this.#pool.imports(this.module));
      if (this.#packed) this.#instance.load(unpack(this.#packed));
    }
    this.#pool.touch(this);
    return this.#instance;
  }

  /** Opens a transaction. */
  begin(): Instance {
    const instance = this.instance();
    this.#before = this.#pool.saveTo(this, instance, this.#before);
    this.#open = true;
    return instance;
  }

  /** Keeps what the module did. */
  commit(): void {
    this.#open = false;
    this.#before = null;
    this.#pages = this.instance().pages;
    this.#revision += 1;
    if (this.module.transient) this.drop();
  }

  /** Undoes what the module did since `begin`. The saved copy stays good for the next one. */
  rollback(): void {
    if (!this.#open || this.#before === null) return;
    this.#open = false;
    if (!this.module.transient && this.#instance?.load(this.#before) === true) return;
    // The heap grew, and memories cannot shrink; or the instance knows more than its heap.
    this.#pack(this.#before);
    this.#release();
  }

  /** A copy of heap and globals as they are now. */
  image(): HeapImage {
    if (this.#instance === null && this.#packed !== null) return unpack(this.#packed);
    return this.instance().save();
  }

  /** The content in pieces. Those that have not changed since the last time are the same objects. */
  packed(): PackedHeap {
    if (this.#instance !== null) this.#pack(this.#instance.view());
    return this.#packed!;
  }

  /** Replaces heap and globals. */
  load(image: HeapImage): void {
    this.#before = null;
    this.#open = false;
    this.#pages = image.bytes.length / 65_536;
    this.#revision += 1;
    if (this.instance().load(image)) return;
    this.#pack(image);
    this.#release();
  }

  /** Packs the instance away. */
  drop(): void {
    if (this.#instance === null) return;
    this.#pack(this.#instance.view());
    this.#release();
  }

  /** Frees the instance for good. */
  discard(): void {
    this.#release();
  }

  #pack(image: HeapImage): void {
    this.#packed = this.#pool.packer(this.module).pack(image, this.#packed);
  }

  #release(): void {
    this.#instance = null;
    this.#before = null;
    this.#pool.remove(this);
  }
}
