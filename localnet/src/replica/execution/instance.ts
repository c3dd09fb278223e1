import type { PreparedModule } from '../../wasm/index.ts';
import type { HeapImage } from '../state/heap-image.ts';

const PAGE = 65_536;

/** An instantiated module and handles to everything in it that is state. */
export class Instance {
  readonly #memory: WebAssembly.Memory;
  readonly #meter: WebAssembly.Global<'i64'>;
  readonly #globals: readonly WebAssembly.Global[];
  readonly #table: WebAssembly.Table | null;
  readonly #exports: WebAssembly.Exports;
  #view: Uint8Array;

  /** Instantiates; runs no code of the module. Throws what the engine throws. */
  constructor({ module, names, memory64 }: PreparedModule, imports: WebAssembly.Imports) {
    this.#exports = new WebAssembly.Instance(module, imports).exports;
    const get = (name: string): unknown => this.#exports[name];
    this.#memory = names.memory
      ? (get(names.memory) as WebAssembly.Memory)
      : new WebAssembly.Memory({ initial: 0, maximum: 0 });
    this.#meter = get(names.meter) as WebAssembly.Global<'i64'>;
    this.#globals = names.mutableGlobals.map((name) => get(name) as WebAssembly.Global);
    this.#table = names.table ? (get(names.table) as WebAssembly.Table) : null;
    this.#view = new Uint8Array(this.#memory.buffer);
    this.memory64 = memory64;
  }

  /** Whether addresses are 64-bit. */
  readonly memory64: boolean;

  /** The heap. Valid until the module runs again: growing replaces it. */
  get heap(): Uint8Array {
    // A grown memory detaches its old buffer, whose length then is zero.
    if (this.#view.length === 0) this.#view = new Uint8Array(this.#memory.buffer);
    return this.#view;
  }

  /** Heap size in pages of 64 KiB. */
  get pages(): number {
    return this.heap.length / PAGE;
  }

  /** Number of mutable globals. */
  get globals(): number {
    return this.#globals.length;
  }

  /** Instructions left. */
  get fuel(): bigint {
    return this.#meter.value;
  }

  set fuel(instructions: bigint) {
    this.#meter.value = instructions;
  }

  /** An exported function, or null. */
  function(name: string): (() => void) | null {
    const value = this.#exports[name];
    return typeof value === 'function' ? (value as () => void) : null;
  }

  /** The function at a table index, or null. */
  callback(index: number): ((env: number) => void) | null {
    if (this.#table === null || index >= this.#table.length) return null;
    const target = this.#table.get(index) as ((env: number | bigint) => void) | null;
    if (target === null || target.length !== 1) return null;
    return this.memory64 ? (env) => target(BigInt(env)) : target;
  }

  /** Values of the mutable globals. */
  saveGlobals(): readonly unknown[] {
    return this.#globals.map((global) => global.value as unknown);
  }

  /** Heap and globals as they are. Not a copy: valid until the module runs again. */
  view(): HeapImage {
    return { bytes: this.heap, globals: this.saveGlobals() };
  }

  /** Copies heap and globals out, into `buffer` if it is long enough. */
  save(buffer?: Uint8Array): HeapImage {
    const heap = this.heap;
    const target = buffer && buffer.length >= heap.length ? buffer : new Uint8Array(heap.length);
    target.set(heap);
    return { bytes: target.subarray(0, heap.length), globals: this.saveGlobals() };
  }

  /**
   * Makes heap and globals what they were. Returns false, having done nothing, if the heap is
   * larger than the image: memories cannot shrink.
   */
  load({ bytes, globals }: HeapImage): boolean {
    if (this.heap.length > bytes.length) return false;
    const missing = (bytes.length - this.heap.length) / PAGE;
    if (missing > 0) this.#memory.grow(missing);
    this.heap.set(bytes);
    globals.forEach((value, index) => {
      this.#globals[index]!.value = value;
    });
    return true;
  }
}
