import { MAX_LEB_BYTES } from './limits.ts';

/** Room for a page of rows: what a query grows is lost with it, so it would grow the buffer every time. */
const INITIAL_BYTES = 16_384;
const KEPT_BYTES = 65_536;

/**
 * The output buffer, kept between messages and copied out at the end. Whoever writes reserves room first;
 * a write beyond the end of a typed array would be lost in silence.
 */
export class Writer {
  bytes = new Uint8Array(INITIAL_BYTES);
  view = new DataView(this.bytes.buffer);
  pos = 0;

  /** Makes room for `count` bytes more. */
  reserve(count: number): void {
    if (this.pos + count > this.bytes.length) this.#grow(this.pos + count);
  }

  put(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.pos);
    this.pos += bytes.length;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.pos++] = value;
  }

  /** What was written since `pos` was set to 0. */
  finish(): Uint8Array {
    return this.#shrunk(this.bytes.slice(0, this.pos));
  }

  /** The same, over the buffer itself: whole until something else is written. */
  lend(): Uint8Array {
    return this.#shrunk(this.bytes.subarray(0, this.pos));
  }

  /** One large message must not hold its memory for good: a canister's heap never shrinks. */
  #shrunk(result: Uint8Array): Uint8Array {
    if (this.bytes.length > KEPT_BYTES) this.#replace(new Uint8Array(INITIAL_BYTES));
    return result;
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.pos));
    this.#replace(grown);
  }

  #replace(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}

/** Writes an unsigned LEB128 number of at most 53 bits. */
export function putLeb(w: Writer, value: number): void {
  w.reserve(8);
  const { bytes } = w;
  let { pos } = w;
  let rest = value;
  while (rest > 0x7fffffff) {
    const low = rest & 127;
    bytes[pos++] = low | 128;
    rest = (rest - low) / 128;
  }
  while (rest > 127) {
    bytes[pos++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[pos] = rest;
  w.pos = pos + 1;
}

/** Writes a signed LEB128 number of at most 53 bits and a sign. */
export function putSleb(w: Writer, value: number): void {
  w.reserve(8);
  const { bytes } = w;
  let { pos } = w;
  let rest = value;
  while (rest > 63 || rest < -64) {
    // `&` takes the low bits of the two's complement, also of numbers beyond 32 bits.
    const low = rest & 127;
    bytes[pos++] = low | 128;
    rest = (rest - low) / 128;
  }
  bytes[pos] = rest & 127;
  w.pos = pos + 1;
}

/** Writes a nat of any size up to `MAX_LEB_BYTES`. */
export function putNat(w: Writer, value: bigint): void {
  if (value < 0n) throw new RangeError('cannot encode a negative number as nat');
  putLeb(w, putLowBits(w, value));
}

/** Writes an int of any size up to `MAX_LEB_BYTES`. */
export function putInt(w: Writer, value: bigint): void {
  putSleb(w, putLowBits(w, value));
}

/** Writes groups of 49 bits (seven bytes) until the rest is a safe number, which it returns. */
function putLowBits(w: Writer, value: bigint): number {
  const start = w.pos;
  let rest = value;
  while (!Number.isSafeInteger(Number(rest))) {
    // This group takes seven bytes, and the rest at most eight.
    if (w.pos - start > MAX_LEB_BYTES - 15) throw new RangeError('number too large to encode');
    w.reserve(7);
    let low = Number(BigInt.asUintN(49, rest));
    for (let i = 0; i < 7; i++) {
      const bits = low & 127;
      w.bytes[w.pos++] = bits | 128;
      low = (low - bits) / 128;
    }
    rest >>= 49n;
  }
  return Number(rest);
}
