/**
 * What one instruction costs: `instruction_to_cost` of the replica
 * (dfinity/ic, rs/embedders/src/wasm_utils/instrumentation.rs), by opcode.
 * Instructions that are not listed cost 1.
 */

/** Cost, and the opcodes that have it: single ones or inclusive ranges `[first, last]`. */
type CostRow = readonly [cost: number, opcodes: readonly (number | readonly [number, number])[]];

/** Single-byte opcodes. */
// prettier-ignore
const PLAIN: readonly CostRow[] = [
  [0, [0x02, 0x03, 0x05, 0x0b]], // block, loop, else, end
  [2, [0x04, [0x0c, 0x0e]]], // if, br, br_if, br_table
  [5, [0x10]], // call
  [10, [0x11]], // call_indirect
  [3, [0x12]], // return_call
  [60, [0x13]], // return_call_indirect
  [2, [0x23, 0x24]], // global.get, global.set
  [5, [0x25, 0x26]], // table.get, table.set
  [20, [0x3f]], // memory.size
  [300, [0x40]], // memory.grow
  [3, [[0x5b, 0x66]]], // float comparisons
  [10, [[0x6d, 0x70], [0x7f, 0x82]]], // integer division and remainder
  [2, [[0x8d, 0x90], [0x92, 0x94], 0x98]], // f32 ceil floor trunc nearest add sub mul copysign
  [5, [0x91]], // f32.sqrt
  [3, [0x95]], // f32.div
  [18, [0x96, 0x97, 0xa4, 0xa5]], // float min, max
  [2, [[0x9b, 0x9e], [0xa0, 0xa2]]], // f64 ceil floor trunc nearest add sub mul
  [8, [0x9f]], // f64.sqrt
  [5, [0xa3]], // f64.div
  [3, [0xa6]], // f64.copysign
  [20, [[0xa8, 0xab], [0xae, 0xb1]]], // float to integer
  [3, [0xb2, 0xb4, 0xb7, 0xb9]], // signed integer to float
  [16, [0xb3, 0xb5, 0xb8, 0xba]], // unsigned integer to float
  [5, [0xd1]], // ref.is_null
  [130, [0xd2]], // ref.func
];

/** Opcodes after 0xFC. Copies, fills and inits also cost their size operand. */
// prettier-ignore
const BULK: readonly CostRow[] = [
  [20, [[0, 7]]], // saturating float to integer
  [100, [8, 10, 11, 12, 14, 17]], // memory and table init, copy, fill
  [300, [9, 13]], // data.drop, elem.drop
  [300, [15]], // table.grow
  [100, [16]], // table.size
];

/** Opcodes after 0xFD. */
// prettier-ignore
const SIMD: readonly CostRow[] = [
  [3, [0x0d]], // i8x16.shuffle
  [2, [0x26, 0x28, 0x30, 0x32, 0x3a, 0x3c]], // unsigned lt, gt
  [3, [0x62, 0x6b, 0x6c]], // i8x16 popcnt, shl, shr_s
  [2, [[0x67, 0x6a], 0x74, 0x75, 0x7a, 0x94]], // float ceil, floor, trunc, nearest
  [2, [0x6d, 0x7d, [0x8b, 0x8d], 0x9d, 0x9f]], // i8x16.shr_u; i16x8 shifts, extadd_u, extmul_high
  [3, [0x7f]], // i32x4.extadd_pairwise_i16x8_u
  [2, [[0xab, 0xad], 0xb5, [0xbc, 0xbf]]], // i32x4 shifts, mul, extmul
  [2, [0xcb, 0xcd]], // i64x2 shl, shr_u
  [3, [0xcc]], // i64x2.shr_s
  [4, [0xd5]], // i64x2.mul
  [2, [0xe0, 0xe1, [0xe4, 0xe6], 0xec, 0xed, [0xf0, 0xf2]]], // float abs, neg, add, sub, mul
  [5, [0xe3]], // f32x4.sqrt
  [10, [0xe7]], // f32x4.div
  [4, [0xe8, 0xe9, 0xf4]], // f32x4 min, max; f64x2.min
  [14, [0xef]], // f64x2.sqrt
  [12, [0xf3]], // f64x2.div
  [5, [0xf5]], // f64x2.max
  [2, [0xf8, 0xfc]], // i32x4.trunc_sat, signed
  [4, [0xf9, 0xfb]], // i32x4.trunc_sat_f32x4_u, f32x4.convert_i32x4_u
  [3, [0xfd]], // i32x4.trunc_sat_f64x2_u_zero
];

/** Loads and stores, which cost twice as much on a 64-bit memory. */
const PLAIN_ACCESS: CostRow = [2, [[0x28, 0x3e]]];
// prettier-ignore
const SIMD_ACCESS: CostRow = [2, [[0x00, 0x0b], [0x54, 0x5d]]];

/** Costs by opcode of the three opcode spaces that canisters may use. */
export interface CostTable {
  /** By single-byte opcode. */
  readonly plain: Uint16Array;
  /** By opcode after 0xFC. */
  readonly bulk: Uint16Array;
  /** By opcode after 0xFD. */
  readonly simd: Uint16Array;
}

/** The replica's costs for modules with a 32-bit memory. */
export const COSTS_32: CostTable = {
  plain: table(256, PLAIN),
  bulk: table(18, BULK),
  simd: table(256, SIMD),
};

/** The replica's costs for modules with a 64-bit memory. */
export const COSTS_64: CostTable = {
  plain: table(256, [...PLAIN, PLAIN_ACCESS]),
  bulk: COSTS_32.bulk,
  simd: table(256, [...SIMD, SIMD_ACCESS]),
};

/** Charged once at the entry of every function. */
export const FUNCTION_ENTRY_COST = 1;

function table(size: number, rows: readonly CostRow[]): Uint16Array {
  const costs = new Uint16Array(size).fill(1);
  for (const [cost, opcodes] of rows) {
    for (const opcode of opcodes) {
      const [first, last] = typeof opcode === 'number' ? [opcode, opcode] : opcode;
      costs.fill(cost, first, last + 1);
    }
  }
  return costs;
}
