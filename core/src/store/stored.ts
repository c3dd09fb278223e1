import { bodyDecoder, bodyEncoder, type Infer, type Input, type Schema } from '../candid/index.ts';

/** How a value lies in stable memory. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  /** @throws Error on bytes that no released version wrote, which is a bug or a failed memory. */
  decode(bytes: Uint8Array): T;
}

/**
 * A codec that writes a version byte and the Candid body of `schema`.
 *
 * A later release that changes the schema raises `version` and passes what it can still read:
 * `stored(2, New, { 1: { schema: Old, migrate } })`. Old entries are migrated when they are read.
 */
export function stored<S extends Schema>(
  version: number,
  schema: S,
  older: Readonly<Record<number, Migration<Infer<S>>>> = {},
): Codec<Infer<S>> {
  const encode = bodyEncoder(schema, Uint8Array.of(version));
  const decodeBody = bodyDecoder(schema);
  return {
    encode: (value) => encode(value as Input<S>),
    decode(bytes) {
      const found = bytes[0];
      if (found === version) return decodeBody(bytes, 1);
      const migration = found === undefined ? undefined : older[found];
      if (migration === undefined) throw new Error(`No reader for stored version ${found}`);
      return migration.read(bytes.subarray(1));
    },
  };
}

/** Reads what an older release stored, as the value of today. */
export interface Migration<T> {
  read(body: Uint8Array): T;
}

/** A {@link Migration} from an older schema. */
export function migration<Old extends Schema, T>(
  schema: Old,
  migrate: (old: Infer<Old>) => T,
): Migration<T> {
  const decode = bodyDecoder(schema);
  return { read: (body) => migrate(decode(body)) };
}
