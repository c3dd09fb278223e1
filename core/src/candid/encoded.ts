import type { Schema } from './schema.ts';

/**
 * A value encoded before (by `bodyEncoder`, or read from storage), which an encoder copies with one `set`.
 * Taken wherever a record, tuple, variant, vec or text is. The bytes are trusted: they must be the body of a
 * value of `schema`, and the encoder insists on that very schema.
 */
export class EncodedBody<V> {
  readonly schema: Schema<V, unknown>;
  readonly bytes: Uint8Array;

  constructor(schema: Schema<V, unknown>, bytes: Uint8Array) {
    this.schema = schema;
    this.bytes = bytes;
  }
}

/**
 * The elements of a vec encoded before, one body after another: a page that is already Candid. The bytes are
 * trusted as those of {@link EncodedBody} are; `element` is the vec's element schema.
 */
export class EncodedVec<V> {
  readonly element: Schema<V, unknown>;
  readonly count: number;
  /** The bytes, in as many runs as they are found in. */
  readonly runs: readonly Uint8Array[];

  constructor(element: Schema<V, unknown>, count: number, ...runs: readonly Uint8Array[]) {
    this.element = element;
    this.count = count;
    this.runs = runs;
  }
}
