import type { ChunkSink, ChunkSource, Ref } from './chunks.ts';

/** Pieces per segment: of a changed memory, only segments with changes are stored again. */
const SEGMENT = 256;

/** Where the pieces of a memory are stored: references to segments, by their number. */
export type PageTable = ReadonlyMap<number, Ref>;

/**
 * Stores pieces of memory.
 * @param pieces By number, in any order. Those left out are not there.
 * @param empty Is left out as well.
 */
export function putPages(
  sink: ChunkSink,
  pieces: Iterable<readonly [number, Uint8Array]>,
  empty?: Uint8Array,
): PageTable {
  const segments = new Map<number, Float64Array>();
  for (const [index, piece] of pieces) {
    if (piece === empty) continue;
    const number = Math.floor(index / SEGMENT);
    let segment = segments.get(number);
    if (!segment) segments.set(number, (segment = new Float64Array(SEGMENT)));
    segment[index % SEGMENT] = sink.put(piece);
  }
  const table = new Map<number, Ref>();
  for (const [number, segment] of segments) {
    const length = segment.findLastIndex((ref) => ref !== 0) + 1;
    table.set(number, sink.put(new Uint8Array(segment.slice(0, length).buffer)));
  }
  return table;
}

/** The pieces that {@link putPages} stored, by number. */
export function getPages(source: ChunkSource, table: PageTable): Map<number, Uint8Array> {
  const pieces = new Map<number, Uint8Array>();
  for (const [number, ref] of table) {
    const segment = new Float64Array(source.get(ref).slice().buffer);
    segment.forEach((piece, index) => {
      if (piece !== 0) pieces.set(number * SEGMENT + index, source.get(piece));
    });
  }
  return pieces;
}
