import { ModuleRefused } from './module-refused.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A bounded cursor over a WASM binary. Reading past `end` refuses the module. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  pos: number;

  constructor(bytes: Uint8Array, pos = 0, end = bytes.length) {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
  }

  get done(): boolean {
    return this.pos >= this.end;
  }

  /** Next byte. */
  u8(): number {
    if (this.pos >= this.end) throw truncated();
    return this.bytes[this.pos++]!;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      if (scale >= 2 ** 28)
        throw new ModuleRefused('Failed to decode wasm module: number too long');
    }
    if (value > 0xffff_ffff)
      throw new ModuleRefused('Failed to decode wasm module: number too large');
    return value;
  }

  /** Unsigned LEB128 of at most 64 bits. */
  u64(): bigint {
    return BigInt.asUintN(64, this.#leb64().value);
  }

  /** Signed LEB128 of at most 64 bits. */
  s64(): bigint {
    const { value, bits } = this.#leb64();
    return BigInt.asIntN(Math.min(bits, 64), value);
  }

  /** Skips one LEB128 number of any sign and width. */
  skipLeb(): void {
    while (this.u8() >= 0x80);
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    if (length > this.end - this.pos) throw truncated();
    return this.bytes.subarray(this.pos, (this.pos += length));
  }

  /** A length-prefixed UTF-8 name. */
  text(): string {
    const raw = this.take(this.u32());
    try {
      return utf8.decode(raw);
    } catch (cause) {
      throw new ModuleRefused('Failed to decode wasm module: malformed UTF-8 name', { cause });
    }
  }

  #leb64(): { value: bigint; bits: number } {
    let value = 0n;
    let bits = 0;
    for (;;) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << BigInt(bits);
      bits += 7;
      if (byte < 0x80) return { value, bits };
      if (bits >= 70) throw new ModuleRefused('Failed to decode wasm module: number too long');
    }
  }
}

function truncated(): ModuleRefused {
  return new ModuleRefused('Failed to decode wasm module: unexpected end');
}
