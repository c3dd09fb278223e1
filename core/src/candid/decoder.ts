import { CandidError } from './error.ts';
import { ForeignLayouts } from './foreign.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { lazily } from './lazily.ts';
import { readPlan, type Read } from './read-plan.ts';
import { Reader } from './reader.ts';
import { latin1 } from './text.ts';
import { typeHeader } from './type-table.ts';
import type { Infer, Schema } from './schema.ts';

/** The values of a message, or why it was refused. */
export type Decoded<A extends readonly Schema[]> =
  | { readonly ok: true; readonly values: { readonly [K in keyof A]: Infer<A[K]> } }
  | { readonly ok: false; readonly reason: string };

/**
 * Makes the decoder of a message with these arguments. Make it at module scope, as encoders.
 *
 * A message whose type table is the one agents write for these types is read positionally. Any other goes
 * through the subtyping rules of Candid, under the limits; the plan they give is kept for the next message
 * with the same table. The decoder never throws on bytes.
 */
export function decoder<const A extends readonly Schema[]>(
  args: A,
  limits: Limits = DEFAULT_LIMITS,
): (bytes: Uint8Array) => Decoded<A> {
  const decode = lazily(() => messageDecoder(args, limits));
  return (bytes) => decode()(bytes);
}

function messageDecoder<const A extends readonly Schema[]>(
  args: A,
  limits: Limits,
): (bytes: Uint8Array) => Decoded<A> {
  const headerBytes = typeHeader(args);
  const headerLength = headerBytes.length;
  const header = latin1(headerBytes, 0, headerLength);
  const readers = args.map(readPlan);
  const foreign = new ForeignLayouts(args, limits);
  const empty = args.length === 0 ? { ok: true as const, values: Object.freeze([]) } : null;

  return (bytes) => {
    try {
      // A header ends where its own counts say, so equal bytes at the start are the whole header.
      const known = latin1(bytes, 0, Math.min(headerLength, bytes.length)) === header;
      if (known && empty !== null && bytes.length === headerLength)
        return empty as unknown as Decoded<A>;
      const reader = new Reader(bytes, known ? headerLength : 0, limits);
      const values = known ? readAll(reader, readers) : foreign.read(reader);
      if (reader.pos !== bytes.length) reader.fail('bytes left over');
      return { ok: true, values: values as { readonly [K in keyof A]: Infer<A[K]> } };
    } catch (error) {
      if (error instanceof CandidError) return { ok: false, reason: error.message };
      throw error;
    }
  };
}

/**
 * Makes the decoder of what `bodyEncoder` wrote. `from` is where the value begins, after a version byte for
 * instance; it must end with the bytes. Throws `CandidError`: stored bytes that do not decode are a bug, or
 * were written under a schema that was narrowed since.
 */
export function bodyDecoder<S extends Schema>(
  schema: S,
  limits: Limits = DEFAULT_LIMITS,
): (bytes: Uint8Array, from?: number) => Infer<S> {
  const read = lazily(() => readPlan(schema));
  return (bytes, from = 0) => {
    const reader = new Reader(bytes, from, limits);
    const value = read()(reader);
    if (reader.pos !== bytes.length) reader.fail('bytes left over');
    return value as Infer<S>;
  };
}

function readAll(reader: Reader, readers: readonly Read[]): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < readers.length; i++) values[i] = readers[i]!(reader);
  return values;
}
