import { deserialize, serialize } from 'node:v8';

/** Where a stored byte string is. 0 is none. */
export type Ref = number;

/** Takes byte strings to be stored. Equal ones are stored once. */
export interface ChunkSink {
  /** @param bytes Must never change: an array that was stored before is not looked at again. */
  put(bytes: Uint8Array): Ref;
  /**
   * Stores what has not been stored since it last changed.
   * @param owner What it is about.
   * @param revision A number that is another one whenever `make` would store something else.
   */
  once(owner: object, revision: number, make: () => Ref): Ref;
}

/** Gives stored byte strings. */
export interface ChunkSource {
  /** Gives the same array each time. @throws Error if it is not there or damaged. */
  get(ref: Ref): Uint8Array;
}

/** Stores a value of plain objects, arrays, maps, byte strings, numbers and bigints. */
export function putRecord(sink: ChunkSink, value: unknown): Ref {
  return sink.put(new Uint8Array(serialize(value)));
}

/** A value stored by {@link putRecord}, whose type the caller knows. */
export function getRecord<T>(source: ChunkSource, ref: Ref): T {
  return deserialize(source.get(ref)) as T;
}
