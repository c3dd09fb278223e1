import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { load } from './fixtures/run.ts';

/** A small structured program, with its code and its meaning side by side. */
type Step =
  | { readonly kind: 'nops'; readonly count: number }
  | { readonly kind: 'block' | 'skip'; readonly steps: readonly Step[] }
  | { readonly kind: 'if'; readonly taken: boolean; readonly yes: Program; readonly no: Program }
  | { readonly kind: 'loop'; readonly turns: number; readonly steps: Program }
  | { readonly kind: 'fill'; readonly size: number };
type Program = readonly Step[];

const { program } = fc.letrec<{ program: Program; step: Step }>((tie) => ({
  program: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'step' }),
  step: fc.oneof(
    { depthIdentifier: 'step', maxDepth: 4 },
    fc.record({ kind: fc.constant('nops' as const), count: fc.nat(5) }),
    fc.record({ kind: fc.constant('fill' as const), size: fc.nat(60) }),
    fc.record({ kind: fc.constantFrom('block' as const, 'skip' as const), steps: tie('program') }),
    fc.record({
      kind: fc.constant('if' as const),
      taken: fc.boolean(),
      yes: tie('program'),
      no: tie('program'),
    }),
    fc.record({
      kind: fc.constant('loop' as const),
      turns: fc.integer({ min: 1, max: 4 }),
      steps: tie('program'),
    }),
  ),
}));

describe('metering', () => {
  it('charges exactly the instructions that are executed, whatever the program', () => {
    fc.assert(
      fc.property(program, (steps) => {
        const locals = new Array<'i32'>(depthOf(steps)).fill('i32');
        const { call } = load({
          memory: 1,
          functions: [{ name: 'f', locals, body: code(steps, 0) }],
        });
        expect(call('f').cost).toBe(BigInt(1 + cost(steps)));
      }),
      { numRuns: 500 },
    );
  });
});

/** Instructions; a loop counts in the local of its depth. */
function code(steps: Program, depth: number): number[] {
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'nops':
        return new Array<number>(step.count).fill(0x01);
      case 'fill':
        return [0x41, 0, 0x41, 0, 0x41, step.size, 0xfc, 11, 0];
      case 'block':
        return [0x02, 0x40, ...code(step.steps, depth), 0x0b];
      case 'skip': // leaves its block at once
        return [0x02, 0x40, 0x0c, 0, ...code(step.steps, depth), 0x0b];
      case 'if': {
        const [yes, no] = [code(step.yes, depth), code(step.no, depth)];
        return [0x41, step.taken ? 1 : 0, 0x04, 0x40, ...yes, 0x05, ...no, 0x0b];
      }
      case 'loop': {
        const count = [0x41, step.turns, 0x21, depth];
        const again = [0x20, depth, 0x41, 1, 0x6b, 0x22, depth, 0x0d, 0];
        return [...count, 0x03, 0x40, ...code(step.steps, depth + 1), ...again, 0x0b];
      }
    }
  });
}

/** Cost by meaning: what is executed, one instruction at a time. */
function cost(steps: Program): number {
  return steps.reduce((sum, step) => {
    switch (step.kind) {
      case 'nops':
        return sum + step.count;
      case 'fill':
        return sum + 3 + 100 + step.size;
      case 'block':
        return sum + cost(step.steps);
      case 'skip':
        return sum + 2;
      case 'if':
        return sum + 3 + cost(step.taken ? step.yes : step.no);
      case 'loop':
        return sum + 2 + step.turns * (cost(step.steps) + 6);
    }
  }, 0);
}

/** Loops within loops, at most. */
function depthOf(steps: Program): number {
  const depths = steps.map((step) => {
    switch (step.kind) {
      case 'loop':
        return 1 + depthOf(step.steps);
      case 'if':
        return Math.max(depthOf(step.yes), depthOf(step.no));
      case 'block':
      case 'skip':
        return depthOf(step.steps);
      default:
        return 0;
    }
  });
  return Math.max(0, ...depths);
}
