import { badRequest } from '../web/request-error.ts';

const U64_MAX = 2n ** 64n - 1n;

/** Typed reading of a map of decoded CBOR. Every method refuses with 400, naming the field. */
export class CborFields {
  readonly #map: ReadonlyMap<unknown, unknown>;
  readonly #what: string;

  /** @param what What the map is, for error messages. */
  constructor(value: unknown, what: string) {
    if (!(value instanceof Map)) throw badRequest(`The ${what} must be a CBOR map.`);
    this.#map = value;
    this.#what = what;
  }

  /** The fields, as they came. */
  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#map].map(([name, value]) => {
      if (typeof name !== 'string')
        throw badRequest(`The ${this.#what} has a key that is no text.`);
      return [name, value];
    });
  }

  /** Refuses fields of other names: what is not understood must not be passed over in silence. */
  only(...names: readonly string[]): void {
    const unknown = this.entries().find(([name]) => !names.includes(name));
    if (unknown) throw badRequest(`localnet knows no field ${unknown[0]} of the ${this.#what}.`);
  }

  has(name: string): boolean {
    return this.#map.get(name) !== undefined && this.#map.get(name) !== null;
  }

  bytes(name: string): Uint8Array {
    const value = this.#map.get(name);
    if (!(value instanceof Uint8Array)) throw this.#wrong(name, 'bytes');
    return value;
  }

  text(name: string): string {
    const value = this.#map.get(name);
    if (typeof value !== 'string') throw this.#wrong(name, 'text');
    return value;
  }

  /** A whole number from 0 to 2^64 - 1. */
  u64(name: string): bigint {
    const value = this.#map.get(name);
    const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
    const integer = whole ? BigInt(value as bigint | number) : -1n;
    if (integer < 0n || integer > U64_MAX) throw this.#wrong(name, 'a number of 64 bits');
    return integer;
  }

  /** A map inside this one. */
  map(name: string): CborFields {
    return new CborFields(this.#map.get(name), name);
  }

  /** An array of at most `most` values. */
  array(name: string, most: number): readonly unknown[] {
    const value = this.#map.get(name);
    if (!Array.isArray(value)) throw this.#wrong(name, 'an array');
    if (value.length > most) throw this.#wrong(name, `at most ${most} values`);
    return value as readonly unknown[];
  }

  /** An array of at most `most` byte strings. */
  byteStrings(name: string, most: number): readonly Uint8Array[] {
    const values = this.array(name, most);
    for (const value of values) {
      if (!(value instanceof Uint8Array)) throw this.#wrong(name, 'an array of bytes');
    }
    return values as readonly Uint8Array[];
  }

  #wrong(name: string, expected: string): Error {
    return badRequest(`Field ${name} of the ${this.#what} must be ${expected}.`);
  }
}
