import type { ByteWriter } from './byte-writer.ts';
import { bytes, leb, type MeterIndices } from './meter-code.ts';

/**
 * What meters one function. The instructions left are a global, but a function counts in a local, which
 * the engine keeps in a register: three times faster than the global at every block. The global is
 * right whenever somebody else looks: at calls, at the end, at `unreachable`; and once in each turn of
 * a loop, so that little is missing when an instruction traps (an access out of bounds, a division
 * by zero).
 */
export class FunctionMeter {
  /** Makes the global right. */
  readonly publish: Uint8Array;
  /** Reads the global again. */
  readonly reload: Uint8Array;
  readonly #get: Uint8Array;
  readonly #global: Uint8Array;
  readonly #keep: Uint8Array;
  readonly #keepAndCheck: Uint8Array;
  readonly #publishAndCheck: Uint8Array;
  readonly #operand32: Uint8Array;
  readonly #operand64: Uint8Array;

  /** @param local Index of an i64 local that the function does not use itself. */
  constructor({ counter, firstFunction }: MeterIndices, local: number) {
    const [index, global] = [leb(local), leb(counter)];
    // i64.const 0, i64.lt_s, if, call stop, end
    const check = bytes(0x42, 0, 0x53, 0x04, 0x40, 0x10, leb(firstFunction), 0x0b);
    const isub = 0x7d;
    this.#get = bytes(0x20, index, 0x42); // local.get, i64.const ...
    this.#global = bytes(0x23, global, 0x42); // global.get, i64.const ...
    this.#keep = bytes(isub, 0x21, index); // i64.sub, local.set
    this.#keepAndCheck = bytes(isub, 0x22, index, check); // i64.sub, local.tee, ...
    this.#publishAndCheck = bytes(isub, 0x22, index, 0x24, global, 0x20, index, check);
    this.publish = bytes(0x20, index, 0x24, global);
    this.reload = bytes(0x23, global, 0x21, index);
    this.#operand32 = bytes(this.publish, 0x10, leb(firstFunction + 1), this.reload);
    this.#operand64 = bytes(this.publish, 0x10, leb(firstFunction + 2), this.reload);
  }

  /** Takes what the first block costs, and stops execution if that leaves less than nothing. */
  enter(out: ByteWriter, cost: number): void {
    out.bytes(this.#global);
    out.s32(cost);
    out.bytes(this.#keepAndCheck);
  }

  /** The same for the first block of a loop. */
  turn(out: ByteWriter, cost: number): void {
    out.bytes(this.#get);
    out.s32(cost);
    out.bytes(this.#publishAndCheck);
  }

  /** Takes what a block costs that is reached at most once before the next check. */
  charge(out: ByteWriter, cost: number): void {
    out.bytes(this.#get);
    out.s32(cost);
    out.bytes(this.#keep);
  }

  /** Charges the operand on top of the stack, and leaves it there. */
  operand(wide: boolean): Uint8Array {
    return wide ? this.#operand64 : this.#operand32;
  }
}
