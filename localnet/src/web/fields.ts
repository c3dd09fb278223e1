import { Principal } from '@dfinity/principal';

import type { Json } from './exact-json.ts';
import { badRequest } from './request-error.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const U64_MAX = 2n ** 64n - 1n;
const U128_MAX = 2n ** 128n - 1n;

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Typed reading of a request's JSON object. Every method refuses with 400, naming the field. */
export class Fields {
  readonly #object: JsonObject;

  /** @param value The parsed body. */
  constructor(value: Json | undefined) {
    if (!isObject(value)) throw badRequest('The request body must be a JSON object.');
    this.#object = value;
  }

  /** The field as it is; undefined if absent or null. */
  raw(name: string): Json | undefined {
    return this.#object[name] ?? undefined;
  }

  names(): string[] {
    return Object.keys(this.#object);
  }

  text(name: string): string {
    const value = this.#object[name];
    if (typeof value !== 'string') throw this.#wrong(name, 'a string');
    return value;
  }

  /** Bytes in base64. */
  bytes(name: string): Uint8Array {
    const value = this.text(name);
    if (value.length % 4 !== 0 || !BASE64.test(value)) throw this.#wrong(name, 'base64');
    return new Uint8Array(Buffer.from(value, 'base64'));
  }

  /** A principal in text, or undefined if the field is absent. */
  principal(name: string): Uint8Array | undefined {
    if (this.raw(name) === undefined) return undefined;
    const text = this.text(name);
    try {
      return Principal.fromText(text).toUint8Array();
    } catch (cause) {
      throw badRequest(`Field ${name} must be a principal, not ${text}.`, cause);
    }
  }

  /** An integer from 0 to 2^64 - 1. */
  u64(name: string): bigint {
    return this.#integer(name, U64_MAX);
  }

  /** An integer from 0 to 2^128 - 1. */
  u128(name: string): bigint {
    return this.#integer(name, U128_MAX);
  }

  /** An object inside this one. */
  object(name: string): Fields {
    const value = this.#object[name];
    if (!isObject(value)) throw this.#wrong(name, 'an object');
    return new Fields(value);
  }

  /** An array of objects. An absent one is empty. */
  objects(name: string): Fields[] {
    const value = this.#object[name] ?? [];
    if (!Array.isArray(value)) throw this.#wrong(name, 'an array');
    return (value as readonly Json[]).map((item) => new Fields(item));
  }

  #integer(name: string, max: bigint): bigint {
    const value = this.#object[name];
    const whole = typeof value === 'bigint' || Number.isSafeInteger(value);
    if (!whole) throw this.#wrong(name, 'an integer');
    const integer = BigInt(value as number | bigint);
    if (integer < 0n || integer > max) throw this.#wrong(name, `between 0 and ${max}`);
    return integer;
  }

  #wrong(name: string, expected: string): Error {
    return badRequest(`Field ${name} must be ${expected}.`);
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
