import type { ByteWriter } from './byte-writer.ts';
import { type CostTable, FUNCTION_ENTRY_COST } from './cost-table.ts';
import {
  BULK_SHAPES,
  Flow,
  FLOWS,
  PLAIN_SHAPES,
  refusedFeature,
  Shape,
  SIMD_SHAPES,
  SIZED_BULK,
} from './instruction-format.ts';
import { LIMITS } from './limits.ts';
import type { MeterCode } from './meter-code.ts';
import { ModuleRefused } from './module-refused.ts';

const MEMORY_GROW = 0x40;
const TABLE_SET = 0x26;
const UNREACHABLE = 0x00;
const BLOCK = 0x02;
const END = 0x0b;
const RETURN = 0x0f;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const RETURN_CALL = 0x12;
const RETURN_CALL_INDIRECT = 0x13;
const I64 = 0x7e;
/** memory and table instructions after 0xFC that change what only the instance knows. */
const TRANSIENT_BULK: readonly number[] = [9, 12, 13, 14, 15, 17]; // drops; table init, copy, grow, fill

/** A function to be metered: its body lies at `bytes[start, end)`. */
export interface FunctionBody {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Its number among the module's own functions, for error texts. */
  readonly index: number;
  readonly params: number;
  /** Type of a block that takes nothing and leaves what the function gives back, as encoded. */
  readonly blockType: Uint8Array;
  /** Imported functions of the module: their indices come first. */
  readonly imports: number;
}

/** What is to be known of a metered function. */
export interface MeteredBody {
  /** Instructions that the replica would count in it. */
  readonly instructions: number;
  /** Whether it may write the table or drop a segment. */
  readonly transient: boolean;
}

/**
 * Copies one function body of a *validated* module to `out`, and charges each basic block where it
 * begins. The segmentation is the replica's `injections`: blocks end at
 * loop, if, else, end, branches, return and unreachable; the meter is checked only where control
 * can come back (function entry, loop); bulk instructions are also charged their size operand. The
 * whole body becomes one block, after whose end the count is published: every way out of it, the
 * branches to the function's own label included, comes by there.
 *
 * Written as one loop over local variables: it runs once per byte of code of every install.
 */
export function meterBody(
  { bytes, start, end, index, params, blockType, imports }: FunctionBody,
  costs: CostTable,
  code: MeterCode,
  out: ByteWriter,
): MeteredBody {
  const locals = readLocals(bytes, start);
  let pos = locals.end;
  const meter = code.inLocal(params + locals.count);
  out.u32(locals.groups + 1);
  out.range(bytes, locals.start, locals.end);
  out.bytes([1, I64, BLOCK]);
  out.bytes(blockType);

  let copied = pos; // start of the current block: nothing from here on is written yet
  let cost = FUNCTION_ENTRY_COST;
  let begins: 'function' | 'loop' | null = 'function';
  let inserts: Insert[] = []; // of the current block, by place
  let instructions = 0;
  let injected = 0;
  let transient = false;

  while (pos < end) {
    const at = pos;
    const opcode = bytes[pos++]!;
    instructions++;
    let shape = PLAIN_SHAPES[opcode]!;

    if (shape === Shape.bulk) {
      const operation = bytes[pos++]!;
      if (operation >= BULK_SHAPES.length) throw refused(index, `0xfc ${operation}`);
      cost += costs.bulk[operation]!;
      shape = BULK_SHAPES[operation]!;
      if (isIn(TRANSIENT_BULK, operation)) transient = true;
      const wide = code.memory64 && isIn(SIZED_BULK.address, operation);
      if (wide || isIn(SIZED_BULK.address, operation) || isIn(SIZED_BULK.i32, operation)) {
        inserts.push({ at, code: meter.operand(wide) });
        injected += wide ? 1 : 3;
      }
    } else if (shape === Shape.simd) {
      let operation = bytes[pos++]!;
      if (operation >= 0x80) operation = (operation & 0x7f) | (bytes[pos++]! << 7);
      if (operation >= SIMD_SHAPES.length) throw refused(index, 'relaxed SIMD');
      cost += costs.simd[operation]!;
      shape = SIMD_SHAPES[operation]!;
    } else {
      cost += costs.plain[opcode]!;
      if (opcode === MEMORY_GROW) injected += 3;
      else if (opcode === TABLE_SET) transient = true;
      if (LEAVING[opcode] === 1) inserts.push({ at, code: meter.publish });
    }

    switch (shape) {
      case Shape.none:
        break;
      case Shape.leb:
        while (bytes[pos++]! >= 0x80);
        break;
      case Shape.leb2:
        while (bytes[pos++]! >= 0x80);
        while (bytes[pos++]! >= 0x80);
        break;
      case Shape.leb2Byte:
        while (bytes[pos++]! >= 0x80);
        while (bytes[pos++]! >= 0x80);
        pos++;
        break;
      case Shape.brTable:
        pos = afterVector(bytes, pos);
        while (bytes[pos++]! >= 0x80);
        break;
      case Shape.types:
        pos = afterVector(bytes, pos);
        break;
      case Shape.byte:
        pos += 1;
        break;
      case Shape.bytes4:
        pos += 4;
        break;
      case Shape.bytes8:
        pos += 8;
        break;
      case Shape.bytes16:
        pos += 16;
        break;
      default:
        throw refused(index, refusedFeature(opcode));
    }

    if (opcode === CALL_INDIRECT || (opcode === CALL && lebAt(bytes, at + 1) >= imports)) {
      inserts.push({ at: pos, code: meter.reload });
    }

    const flow = FLOWS[opcode]!;
    if (flow === Flow.inside) continue;

    if (begins !== null) {
      if (begins === 'function') meter.enter(out, cost);
      else meter.turn(out, cost);
      injected += 10;
    } else if (cost > 0) {
      meter.charge(out, cost);
      injected += 4;
    }
    if (inserts.length > 0) {
      for (const insert of inserts) {
        out.range(bytes, copied, insert.at);
        out.bytes(insert.code);
        copied = insert.at;
      }
      inserts = [];
    }
    out.range(bytes, copied, pos);
    copied = pos;
    cost = 0;
    begins = flow === Flow.loop ? 'loop' : null;
  }
  out.bytes(meter.publish);
  out.u8(END);

  if (instructions > LIMITS.functionInstructions) {
    throw new ModuleRefused(
      `Wasm module contains a function at index ${index} of size ${instructions} that exceeds the maximum allowed size of ${LIMITS.functionInstructions}.`,
    );
  }
  return { instructions: instructions + injected, transient };
}

/** Code to be put before what lies at a place. */
interface Insert {
  readonly at: number;
  readonly code: Uint8Array;
}

/** Instructions before which the count is published, by opcode: after them, others look at it. */
const LEAVING = new Uint8Array(256);
for (const opcode of [
  UNREACHABLE,
  RETURN,
  CALL,
  CALL_INDIRECT,
  RETURN_CALL,
  RETURN_CALL_INDIRECT,
]) {
  LEAVING[opcode] = 1;
}

/** The declarations of locals: groups, which are pairs of a count and a one-byte type. */
function readLocals(
  bytes: Uint8Array,
  pos: number,
): { groups: number; start: number; end: number; count: number } {
  const groups = lebAt(bytes, pos);
  while (bytes[pos++]! >= 0x80);
  const start = pos;
  let count = 0;
  for (let i = 0; i < groups; i++) {
    count += lebAt(bytes, pos);
    while (bytes[pos++]! >= 0x80);
    pos++;
  }
  return { groups, start, end: pos, count };
}

/** Position after a vector of LEB128 numbers. */
function afterVector(bytes: Uint8Array, pos: number): number {
  const length = lebAt(bytes, pos);
  while (bytes[pos++]! >= 0x80);
  for (let i = 0; i < length; i++) while (bytes[pos++]! >= 0x80);
  return pos;
}

/** An unsigned LEB128 number below 2^31. */
function lebAt(bytes: Uint8Array, pos: number): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[pos++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

function isIn(list: readonly number[], value: number): boolean {
  return list.includes(value);
}

function refused(index: number, instruction: string): ModuleRefused {
  return new ModuleRefused(
    `Wasm module contains a function at index ${index} with unsupported instruction (${instruction}).`,
  );
}
