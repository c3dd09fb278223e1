import { CandidError } from './error.ts';
import { MAX_LEB_BYTES, type Limits } from './limits.ts';

/** A message being read: where it is, and how much work is left. Reading throws `CandidError`. */
export class Reader {
  readonly bytes: Uint8Array;
  #view: DataView | null = null;
  pos: number;
  /** Values that may still be decoded. */
  left: number;
  /** Levels that may still be entered. */
  depth: number;

  constructor(bytes: Uint8Array, pos: number, limits: Limits) {
    this.bytes = bytes;
    this.pos = pos;
    this.left = limits.values;
    this.depth = limits.depth;
  }

  /** Moves past `count` bytes and returns the view to read them from, at `pos - count`. */
  take(count: number): DataView {
    this.pos += count;
    if (this.pos > this.bytes.length) this.fail('message too short');
    return this.#view ?? this.#open();
  }

  /** Moves past `count` bytes and returns where they began. */
  skip(count: number): number {
    const start = this.pos;
    this.pos = start + count;
    if (this.pos > this.bytes.length) this.fail('message too short');
    return start;
  }

  /** Accounts for `count` values before they are read. */
  charge(count: number): void {
    this.left -= count;
    if (this.left < 0) this.fail('too many values');
  }

  enter(): void {
    if (--this.depth < 0) this.fail('nested too deeply');
  }

  leave(): void {
    this.depth += 1;
  }

  byte(): number {
    const byte = this.bytes[this.pos++];
    if (byte === undefined) this.fail('message too short');
    return byte;
  }

  /** An unsigned LEB128 number below 2^53, padded at most to ten bytes. */
  leb(): number {
    const first = this.bytes[this.pos++];
    if (first === undefined) this.fail('message too short');
    if (first < 128) return first;
    let value = first & 127;
    let weight = 128;
    for (let length = 2; length <= 10; length++) {
      const byte = this.byte();
      value += (byte & 127) * weight;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      weight *= 128;
    }
    return this.fail('number too large');
  }

  /** A signed LEB128 number that fits 32 bits: opcodes and type indexes. */
  sleb32(): number {
    const value = readInt(this);
    const number = Number(value);
    if (number !== (number | 0)) this.fail('number too large');
    return number;
  }

  /** Most messages have no use for the view, which costs ten loop steps to make. */
  #open(): DataView {
    const { buffer, byteOffset, byteLength } = this.bytes;
    this.#view = new DataView(buffer, byteOffset, byteLength);
    return this.#view;
  }

  fail(reason: string): never {
    throw new CandidError(`${reason} at ${this.pos}`);
  }
}

/** Reads a nat. Numbers below 2^49 take no BigInt arithmetic, which costs four loop steps an operation. */
export function readNat(r: Reader): bigint {
  const value = readLow(r);
  return r.bytes[r.pos - 1]! < 128 ? BigInt(value) : BigInt(value) + (readHigh(r) << 49n);
}

/** Reads an int, without BigInt arithmetic below 2^48. */
export function readInt(r: Reader): bigint {
  const start = r.pos;
  const value = readLow(r);
  const last = r.bytes[r.pos - 1]!;
  if (last < 64) return BigInt(value);
  if (last < 128) return BigInt(value - 2 ** (7 * (r.pos - start)));
  const high = readHigh(r);
  const bits = 7 * (r.pos - start - LOW_BYTES);
  return BigInt(value) + (BigInt.asIntN(bits, high) << 49n);
}

/** Bytes of a LEB128 number that fit a JavaScript number with room for the sign. */
const LOW_BYTES = 7;

/** What 49 bits more count as, in values. */
const HIGH_GROUP = 2;

/** Reads up to seven groups; whether more follow, the byte before `pos` tells. */
function readLow(r: Reader): number {
  const { bytes } = r;
  let { pos } = r;
  let value = 0;
  let weight = 1;
  for (const end = pos + LOW_BYTES; pos < end; ) {
    const byte = bytes[pos++];
    if (byte === undefined) return r.fail('message too short');
    if (byte < 128) {
      r.pos = pos;
      return value + byte * weight;
    }
    value += (byte - 128) * weight;
    weight *= 128;
  }
  r.pos = pos;
  return value;
}

/** Reads the groups after the seventh, 49 bits at a time. */
function readHigh(r: Reader): bigint {
  const { bytes } = r;
  let result = 0n;
  let shift = 0n;
  for (let length = LOW_BYTES; length < MAX_LEB_BYTES; length += 7) {
    r.charge(HIGH_GROUP);
    let value = 0;
    let weight = 1;
    for (let i = 0; i < 7; i++) {
      const byte = bytes[r.pos++] ?? r.fail('message too short');
      value += (byte & 127) * weight;
      weight *= 128;
      if (byte < 128) return result + (BigInt(value) << shift);
    }
    result += BigInt(value) << shift;
    shift += 49n;
  }
  return r.fail('number too large');
}
