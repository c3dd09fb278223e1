import type { ModuleCache, PreparedModule } from '../../wasm/index.ts';
import type { ChunkStore } from '../state/chunk-store.ts';
import { Heap, type HeapPool } from '../state/heap.ts';
import { HeapPacker, type PackedHeap, unpack, ZEROS } from '../state/heap-image.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { StableImage, StableMemory } from '../state/stable-memory.ts';
import { type ChunkSink, type ChunkSource, getRecord, putRecord, type Ref } from './chunks.ts';
import { getPages, putPages } from './page-table.ts';
import type { SavedHeap, SavedSnapshot, SavedStable } from './saved.ts';

/** Stores a heap, if it has changed. */
export function saveHeap(sink: ChunkSink, heap: Heap): Ref {
  return sink.once(heap, heap.revision, () =>
    putRecord(sink, packedHeap(sink, heap.module, heap.packed())),
  );
}

/** Stores a stable memory, if it has changed. */
export function saveStable(sink: ChunkSink, stable: StableMemory): Ref {
  return sink.once(stable, stable.revision, () =>
    putRecord(sink, stableImage(sink, stable.image())),
  );
}

/** Stores a snapshot, which never changes. */
export function saveSnapshot(sink: ChunkSink, snapshot: Snapshot): Ref {
  return sink.once(snapshot, 0, () => {
    const { module, chunks, heap, stable, ...plain } = snapshot;
    return putRecord(sink, {
      ...plain,
      heap: packedHeap(sink, module, new HeapPacker().pack(heap)),
      stable: stableImage(sink, stable),
      chunks: saveChunks(sink, chunks),
    } satisfies SavedSnapshot);
  });
}

/** Stores the chunks of a chunk store. */
export function saveChunks(sink: ChunkSink, chunks: ChunkStore): Ref[] {
  return chunks.values().map((chunk) => sink.put(chunk));
}

function packedHeap(
  sink: ChunkSink,
  module: PreparedModule,
  { pieces, globals }: PackedHeap,
): SavedHeap {
  return {
    module: sink.put(module.sent),
    length: pieces.length,
    pieces: putPages(sink, pieces.entries(), ZEROS),
    globals,
  };
}

function stableImage(sink: ChunkSink, { pages, pieces }: StableImage): SavedStable {
  return { pages, pieces: putPages(sink, pieces) };
}

/** Makes memories again. */
export class MemoryRestorer {
  readonly #source: ChunkSource;
  readonly #modules: ModuleCache;
  readonly #heaps: HeapPool;
  readonly #prepared = new Map<Ref, PreparedModule>();

  constructor(source: ChunkSource, modules: ModuleCache, heaps: HeapPool) {
    this.#source = source;
    this.#modules = modules;
    this.#heaps = heaps;
  }

  heap(ref: Ref): Heap {
    const saved = getRecord<SavedHeap>(this.#source, ref);
    return Heap.fromPacked(this.#heaps, this.#module(saved.module), this.#packed(saved));
  }

  stable(ref: Ref): StableImage {
    return this.#image(getRecord<SavedStable>(this.#source, ref));
  }

  snapshot(ref: Ref, fill: (chunks: readonly Ref[]) => ChunkStore): Snapshot {
    const { heap, stable, chunks, ...plain } = getRecord<SavedSnapshot>(this.#source, ref);
    return {
      ...plain,
      module: this.#module(heap.module),
      heap: unpack(this.#packed(heap)),
      stable: this.#image(stable),
      chunks: fill(chunks),
    };
  }

  #packed({ length, pieces, globals }: SavedHeap): PackedHeap {
    const present = getPages(this.#source, pieces);
    return { pieces: Array.from({ length }, (_, index) => present.get(index) ?? ZEROS), globals };
  }

  #image({ pages, pieces }: SavedStable): StableImage {
    return { pages, pieces: getPages(this.#source, pieces) };
  }

  #module(ref: Ref): PreparedModule {
    const known = this.#prepared.get(ref);
    const module = known ?? this.#modules.prepare(this.#source.get(ref));
    this.#prepared.set(ref, module);
    return module;
  }
}
