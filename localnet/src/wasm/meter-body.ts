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
/** memory and table instructions after 0xFC that change what only the instance knows. */
const TRANSIENT_BULK: readonly number[] = [9, 12, 13, 14, 15, 17]; // drops; table init, copy, grow, fill

/** What is to be known of a metered function. */
export interface MeteredBody {
  /** Instructions that the replica would count in it. */
  readonly instructions: number;
  /** Whether it may write the table or drop a segment. */
  readonly transient: boolean;
}

/**
 * Copies one function body of a *validated* module, `bytes[start, end)`, to `out`, and charges
 * each basic block where it begins. The segmentation is the replica's `injections`: blocks end at
 * loop, if, else, end, branches, return and unreachable; the meter is checked only where control
 * can come back (function entry, loop); bulk instructions are also charged their size operand.
 *
 * Written as one loop over local variables: it runs once per byte of code of every install.
 */
export function meterBody(
  bytes: Uint8Array,
  start: number,
  end: number,
  costs: CostTable,
  code: MeterCode,
  out: ByteWriter,
  index: number,
): MeteredBody {
  let pos = afterLocals(bytes, start);
  out.range(bytes, start, pos);

  let copied = pos; // start of the current block: nothing from here on is written yet
  let cost = FUNCTION_ENTRY_COST;
  let reentrant = true;
  let sized: { at: number; wide: boolean }[] = []; // bulk instructions of the current block
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
        sized.push({ at, wide });
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

    const flow = FLOWS[opcode]!;
    if (flow === Flow.inside) continue;

    if (reentrant) {
      code.chargeAndCheck(out, cost);
      injected += 10;
    } else if (cost > 0) {
      code.charge(out, cost);
      injected += 4;
    }
    if (sized.length > 0) {
      for (const bulk of sized) {
        out.range(bytes, copied, bulk.at);
        code.chargeOperand(out, bulk.wide);
        copied = bulk.at;
      }
      sized = [];
    }
    out.range(bytes, copied, pos);
    copied = pos;
    cost = 0;
    reentrant = flow === Flow.loop;
  }

  if (instructions > LIMITS.functionInstructions) {
    throw new ModuleRefused(
      `Wasm module contains a function at index ${index} of size ${instructions} that exceeds the maximum allowed size of ${LIMITS.functionInstructions}.`,
    );
  }
  return { instructions: instructions + injected, transient };
}

/** Position after the declarations of locals, which are pairs of a count and a one-byte type. */
function afterLocals(bytes: Uint8Array, pos: number): number {
  const length = vectorLength(bytes, pos);
  while (bytes[pos++]! >= 0x80);
  for (let i = 0; i < length; i++) {
    while (bytes[pos++]! >= 0x80);
    pos++;
  }
  return pos;
}

/** Position after a vector of LEB128 numbers. */
function afterVector(bytes: Uint8Array, pos: number): number {
  const length = vectorLength(bytes, pos);
  while (bytes[pos++]! >= 0x80);
  for (let i = 0; i < length; i++) while (bytes[pos++]! >= 0x80);
  return pos;
}

function vectorLength(bytes: Uint8Array, pos: number): number {
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[pos++]!;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return length;
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
