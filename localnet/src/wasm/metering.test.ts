import { describe, expect, it } from 'vitest';

import type { Plan } from './fixtures/assemble.ts';
import { load } from './fixtures/run.ts';

const CONST = (value: number): number[] => [0x41, value];
const DROP = 0x1a;
const ADD = 0x6a;
const END = 0x0b;
/** `v128.const 0`. */
const V128 = [0xfd, 12, ...new Array<number>(16).fill(0)];

describe('metering: straight-line code', () => {
  it('charges one for entering a function', () => {
    expect(costOf([])).toBe(1n);
  });

  it.each<[string, number[], bigint]>([
    ['constants and integer arithmetic', [...CONST(1), ...CONST(2), ADD, DROP], 4n],
    ['integer division', [...CONST(8), ...CONST(2), 0x6e, DROP], 13n],
    ['float minimum', [0x43, 0, 0, 0, 0, 0x43, 0, 0, 0, 0, 0x96, DROP], 21n],
    ['f64 square root', [0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x9f, DROP], 10n],
    ['signed integer to float', [...CONST(1), 0xb2, DROP], 5n],
    ['unsigned integer to float', [...CONST(1), 0xb3, DROP], 18n],
    ['float to integer', [0x43, 0, 0, 0, 0, 0xa8, DROP], 22n],
    ['saturating float to integer', [0x43, 0, 0, 0, 0, 0xfc, 0, DROP], 22n],
    ['globals', [0x23, 0, 0x24, 0], 4n],
    ['loads and stores', [...CONST(0), ...CONST(0), 0x28, 2, 0, 0x36, 2, 0], 4n],
    ['memory.size', [0x3f, 0, DROP], 21n],
    ['memory.grow', [...CONST(1), 0x40, 0, DROP], 302n],
    ['table.size', [0xfc, 16, 0, DROP], 101n],
    ['ref.func', [0xd2, 0, DROP], 131n],
    ['ref.is_null', [0xd0, 0x70, 0xd1, DROP], 7n],
    ['typed select', [...CONST(1), ...CONST(2), ...CONST(0), 0x1c, 1, 0x7f, DROP], 5n],
    ['data.drop', [0xfc, 9, 0], 300n],
    ['SIMD of one byte', [...V128, ...V128, 0xfd, 0x6e, DROP], 4n],
    ['SIMD of two bytes', [...V128, ...V128, 0xfd, 0xf3, 0x01, DROP], 15n],
    ['SIMD loads', [...CONST(0), 0xfd, 0, 0, 0, DROP], 3n],
    ['SIMD lanes', [...CONST(0), ...V128, 0xfd, 0x54, 0, 0, 3, DROP], 4n],
  ])('%s', (_, body, expected) => {
    expect(costOf(body)).toBe(1n + expected);
  });

  it('adds the size operand of bulk instructions, and leaves it in place', () => {
    const fill = [...CONST(0), ...CONST(7), 0x20, 0, 0xfc, 11, 0];
    const { call, instance } = load({
      memory: 1,
      functions: [{ name: 'fill', params: ['i32'], body: fill }],
      exports: [{ name: 'heap', kind: 2, index: 0 }],
    });
    expect(call('fill', 1000).cost).toBe(1n + 3n + 100n + 1000n);
    const heap = new Uint8Array((instance.exports['heap'] as WebAssembly.Memory).buffer);
    expect(heap.subarray(0, 1001).reduce((sum, byte) => sum + byte, 0)).toBe(7000);
  });

  it.each<[string, number[]]>([
    ['memory.copy', [0xfc, 10, 0, 0]],
    ['memory.init', [0xfc, 8, 0, 0]],
    ['table.copy', [0xfc, 14, 0, 0]],
    ['table.init', [0xfc, 12, 0, 0]],
  ])('charges %s for its operand before it runs', (_, instruction) => {
    expect(costOf([...CONST(0), ...CONST(0), ...CONST(0), ...instruction])).toBe(104n);
    const huge = [...CONST(0), ...CONST(0), 0x41, 0xff, 0xff, 0xff, 0, ...instruction];
    expect(costOf(huge)).toBe(null);
  });
});

describe('metering: control flow', () => {
  it('charges a loop for every turn', () => {
    // loop: local -= 1; br_if 0
    const turn = [0x20, 0, ...CONST(1), 0x6b, 0x22, 0, 0x0d, 0];
    const { call } = load({
      functions: [{ name: 'f', params: ['i32'], body: [0x03, 0x40, ...turn, END] }],
    });
    expect(call('f', 1).cost).toBe(1n + 6n);
    expect(call('f', 1000).cost).toBe(1n + 6000n);
  });

  it('charges only the branch that is taken', () => {
    const body = [0x20, 0, 0x04, 0x40, 0x01, 0x01, 0x01, 0x05, 0x01, END, 0x01];
    const { call } = load({ functions: [{ name: 'f', params: ['i32'], body }] });
    expect(call('f', 1).cost).toBe(1n + 3n + 3n + 1n);
    expect(call('f', 0).cost).toBe(1n + 3n + 1n + 1n);
  });

  it('charges br_table and what lies at its target', () => {
    // Two nested blocks; case 0 skips nothing, the default leaves both.
    const body = [0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0e, 1, 0, 1, END, 0x01, 0x01, END, 0x01];
    const { call } = load({ functions: [{ name: 'f', params: ['i32'], body }] });
    expect(call('f', 0).cost).toBe(1n + 3n + 2n + 1n);
    expect(call('f', 9).cost).toBe(1n + 3n + 1n);
  });

  it('charges nothing for code that is not reached', () => {
    expect(costOf([0x0f, 0x01, 0x01])).toBe(2n);
  });

  it('charges calls, direct, indirect and tail, and the functions called', () => {
    const nop = { body: [0x01] };
    const plan = (body: number[]): Plan => ({ functions: [{ name: 'f', body }, nop], table: [1] });
    expect(load(plan([0x10, 1])).call('f').cost).toBe(1n + 5n + 2n);
    expect(load(plan([...CONST(0), 0x11, 1, 0])).call('f').cost).toBe(1n + 11n + 2n);
    expect(load(plan([0x12, 1])).call('f').cost).toBe(1n + 3n + 2n);
    expect(load(plan([...CONST(0), 0x13, 1, 0])).call('f').cost).toBe(1n + 61n + 2n);
  });

  it('stops an endless loop', () => {
    expect(costOf([0x03, 0x40, 0x0c, 0, END])).toBe(null);
  });

  it('stops endless recursion before the stack ends, if the budget is small', () => {
    expect(costOf([0x10, 0])).toBe(null);
  });

  it("leaves the canister's own traps apart from its own", () => {
    expect(() => costOf([0x00])).toThrow(WebAssembly.RuntimeError);
  });
});

/** Cost of a body without parameters, in a module with one of everything. */
function costOf(body: readonly number[]): bigint | null {
  const plan: Plan = {
    memory: 1,
    table: [0],
    globals: [{ type: 'i32', mutable: true, init: CONST(0) }],
    data: [{ offset: null, bytes: [] }],
    functions: [{ name: 'f', body }],
  };
  return load(plan, 10_000n).call('f').cost;
}
