/** Ranges up to this long are copied byte by byte: below it, making a view costs more. */
const SHORT_COPY = 48;

/** A growing output buffer that writes the encodings of a WASM binary. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Unsigned LEB128. */
  u32(value: number): void {
    this.#reserve(5);
    while (value >= 0x80) {
      this.#bytes[this.#length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.#bytes[this.#length++] = value;
  }

  /** Signed LEB128 of a non-negative number below 2^31. */
  s32(value: number): void {
    this.#reserve(5);
    while (value >= 0x40) {
      this.#bytes[this.#length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.#bytes[this.#length++] = value;
  }

  /** A length-prefixed UTF-8 name. */
  text(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.u32(encoded.length);
    this.bytes(encoded);
  }

  bytes(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Copies `from[start, end)`. */
  range(from: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    if (end - start > SHORT_COPY) {
      this.#bytes.set(from.subarray(start, end), this.#length);
      this.#length += end - start;
    } else {
      const to = this.#bytes;
      let at = this.#length;
      while (start < end) to[at++] = from[start++]!;
      this.#length = at;
    }
  }

  /** Writes `body`, preceded by its length in bytes. Fixed width, so that nothing is moved. */
  sized(body: () => void): void {
    this.#reserve(5);
    const at = this.#length;
    this.#length += 5;
    body();
    let size = this.#length - at - 5;
    for (let i = 0; i < 4; i++, size >>>= 7) this.#bytes[at + i] = (size & 0x7f) | 0x80;
    this.#bytes[at + 4] = size;
  }

  /** A section of the module. */
  section(id: number, body: () => void): void {
    this.u8(id);
    this.sized(body);
  }

  /** What was written. A view: write nothing afterwards. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
