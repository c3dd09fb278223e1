import { ByteWriter } from './byte-writer.ts';
import { FunctionMeter } from './function-meter.ts';

/** Indices, in the rewritten module, of what the meter adds. All come last in their spaces. */
export interface MeterIndices {
  /** Mutable i64 global: instructions left. */
  readonly counter: number;
  /** Type index of `() -> ()`; `(i32) -> (i32)` and `(i64) -> (i64)` follow it. */
  readonly firstType: number;
  /** Function that ends execution; the operand charges of 32 and 64 bits follow it. */
  readonly firstFunction: number;
}

/** Value of the counter after a message was stopped by the meter: distinct from any real count. */
export const OUT_OF_INSTRUCTIONS = -(2n ** 63n);

const I64_MIN_SLEB = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];

/**
 * The code that meters.
 *
 * Nothing is imported: an import would shift the index of every function. Three functions are
 * appended instead, so that every index of the module, its name section included, stays valid.
 * The one that stops execution sets the counter to OUT_OF_INSTRUCTIONS and traps, which the host
 * can tell from any trap of the canister's own.
 */
export class MeterCode {
  readonly memory64: boolean;
  readonly #indices: MeterIndices;
  readonly #functions = new Map<number, FunctionMeter>();

  constructor(indices: MeterIndices, memory64: boolean) {
    this.memory64 = memory64;
    this.#indices = indices;
  }

  /** The meter of functions that keep their count in this local. */
  inLocal(local: number): FunctionMeter {
    const known = this.#functions.get(local);
    const meter = known ?? new FunctionMeter(this.#indices, local);
    this.#functions.set(local, meter);
    return meter;
  }

  /** The types of the three functions, each an entry of the type section. */
  static readonly types: readonly Uint8Array[] = [
    bytes(0x60, 0, 0),
    bytes(0x60, 1, 0x7f, 1, 0x7f),
    bytes(0x60, 1, 0x7e, 1, 0x7e),
  ];

  /** The bodies of the three functions, each with its (empty) declaration of locals. */
  bodies(): readonly Uint8Array[] {
    const { counter, firstFunction } = this.#indices;
    const count = leb(counter);
    const stop = leb(firstFunction);
    const isNegative = [0x42, 0, 0x53]; // i64.const 0, i64.lt_s
    const stopIfSo = bytes(0x04, 0x40, 0x10, stop, 0x0b);
    return [
      // i64.const MIN, global.set, unreachable
      bytes(0, 0x42, I64_MIN_SLEB, 0x24, count, 0x00, 0x0b),
      // local.get 0, i64.extend_i32_u, call 64-bit charge, drop, local.get 0
      bytes(0, 0x20, 0, 0xad, 0x10, leb(firstFunction + 2), 0x1a, 0x20, 0, 0x0b),
      bytes(
        0,
        // As unsigned, a negative operand is beyond any counter: stop before it wraps around.
        bytes(0x20, 0, isNegative, stopIfSo),
        bytes(0x23, count, 0x20, 0, 0x7d, 0x24, count),
        bytes(0x23, count, isNegative, stopIfSo),
        bytes(0x20, 0, 0x0b),
      ),
    ];
  }
}

/** An unsigned LEB128 number. */
export function leb(value: number): Uint8Array {
  const out = new ByteWriter(5);
  out.u32(value);
  return out.finish();
}

/** Bytes and lists of bytes, joined. */
export function bytes(...parts: (number | ArrayLike<number>)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part))),
  );
}
