/**
 * How instructions are laid out and which of them end a basic block: what a rewriter has to know
 * of the WASM binary format, as data. Source: WebAssembly core specification 2.0 (5.4) and the
 * tail-call proposal; the set is what the replica accepts.
 */

/** What follows an opcode. */
export const Shape = {
  none: 0,
  /** One LEB128 number, of any sign: an index, a block type, an integer constant. */
  leb: 1,
  /** Two LEB128 numbers: a memory argument, or two indices. */
  leb2: 2,
  /** A vector of LEB128 numbers and one more. */
  brTable: 3,
  /** A vector of value types. */
  types: 4,
  byte: 5,
  bytes4: 6,
  bytes8: 7,
  bytes16: 8,
  /** A memory argument and a lane. */
  leb2Byte: 9,
  /** Another opcode follows, of the 0xFC or 0xFD space. */
  bulk: 10,
  simd: 11,
  /** Not accepted by the replica. */
  refused: 12,
} as const;

/** What an instruction does to the basic block it belongs to. */
export const Flow = {
  inside: 0,
  /** Last of its block. */
  ends: 1,
  /** Last of its block; the next block may run again without leaving the function. */
  loop: 2,
} as const;

type Range = readonly [first: number, last: number];

/** Layout by single-byte opcode. */
export const PLAIN_SHAPES = shapes(256, Shape.refused, [
  [Shape.none, [0x00, 0x01], [0x05, 0x05], [0x0b, 0x0b], [0x0f, 0x0f]],
  [Shape.leb, [0x02, 0x04], [0x0c, 0x0d], [0x10, 0x10], [0x12, 0x12]],
  [Shape.brTable, [0x0e, 0x0e]],
  [Shape.leb2, [0x11, 0x11], [0x13, 0x13]],
  [Shape.none, [0x1a, 0x1b]],
  [Shape.types, [0x1c, 0x1c]],
  [Shape.leb, [0x20, 0x26]],
  [Shape.leb2, [0x28, 0x3e]],
  [Shape.leb, [0x3f, 0x42]],
  [Shape.bytes4, [0x43, 0x43]],
  [Shape.bytes8, [0x44, 0x44]],
  [Shape.none, [0x45, 0xc4]],
  [Shape.leb, [0xd0, 0xd0], [0xd2, 0xd2]],
  [Shape.none, [0xd1, 0xd1]],
  [Shape.bulk, [0xfc, 0xfc]],
  [Shape.simd, [0xfd, 0xfd]],
]);

/** Layout by opcode after 0xFC. */
export const BULK_SHAPES = shapes(18, Shape.none, [
  [Shape.leb2, [8, 8], [10, 10], [12, 12], [14, 14]],
  [Shape.leb, [9, 9], [11, 11], [13, 13], [15, 17]],
]);

/** Layout by opcode after 0xFD. */
export const SIMD_SHAPES = shapes(256, Shape.none, [
  [Shape.leb2, [0x00, 0x0b], [0x5c, 0x5d]],
  [Shape.bytes16, [0x0c, 0x0d]],
  [Shape.byte, [0x15, 0x22]],
  [Shape.leb2Byte, [0x54, 0x5b]],
]);

/** Effect on the basic block by single-byte opcode. */
export const FLOWS = shapes(256, Flow.inside, [
  [Flow.loop, [0x03, 0x03]],
  // unreachable; if, else; end, br, br_if, br_table, return; return_call, return_call_indirect
  [Flow.ends, [0x00, 0x00], [0x04, 0x05], [0x0b, 0x0f], [0x12, 0x13]],
]);

/** Opcodes the replica refuses, by what they belong to, for the message. */
export function refusedFeature(opcode: number): string {
  if (opcode >= 0x06 && opcode <= 0x1f)
    return opcode === 0x14 || opcode === 0x15 ? 'typed function references' : 'exception handling';
  if (opcode === 0xfe) return 'threads';
  if (opcode === 0xfb || (opcode >= 0xd3 && opcode <= 0xd6)) return 'garbage collection';
  return 'an unknown feature';
}

/** Which size operands of bulk instructions are charged, by opcode after 0xFC. */
export const SIZED_BULK = {
  /** Operand as wide as a memory address: memory.copy, memory.fill. */
  address: [10, 11],
  /** Always 32 bits: memory.init, table.init, table.copy, table.fill. */
  i32: [8, 12, 14, 17],
} as const;

function shapes(
  size: number,
  otherwise: number,
  rows: readonly (readonly [value: number, ...ranges: Range[]])[],
): Uint8Array {
  const table = new Uint8Array(size).fill(otherwise);
  for (const [value, ...ranges] of rows) {
    for (const [first, last] of ranges) table.fill(value, first, last + 1);
  }
  return table;
}
