import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LIMITS } from '../config/limits.ts';
import { StableMemory } from './stable-memory.ts';

const PAGE = 65_536;
const write = fc.record({
  offset: fc.nat(2 * PAGE - 9000),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 9000 }),
});

describe('stable memory', () => {
  it('reads what a dense array would hold, over commits and rollbacks', () => {
    const step = fc.tuple(fc.array(write, { maxLength: 4 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const memory = new StableMemory();
        memory.grow(2);
        memory.commit();
        let committed = new Uint8Array(2 * PAGE);
        for (const [writes, keep] of steps) {
          const open = committed.slice();
          for (const { offset, bytes } of writes) {
            memory.write(offset, bytes);
            open.set(bytes, offset);
          }
          const seen = new Uint8Array(2 * PAGE);
          memory.read(0, seen);
          expect(Buffer.compare(seen, open)).toBe(0);
          if (keep) {
            memory.commit();
            committed = open;
          } else memory.rollback();
        }
        expect(Buffer.compare(memory.toBytes(), committed)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('does not store what was never written', () => {
    const memory = new StableMemory();
    expect(memory.grow(LIMITS.stablePages)).toBe(0);
    expect(memory.grow(1)).toBe(-1);
    memory.write(400 * 2 ** 30, Uint8Array.of(1));
    memory.commit();
    expect(memory.image().pieces.size).toBe(1);
  });

  it('keeps images as they were', () => {
    const memory = new StableMemory();
    memory.grow(1);
    memory.write(0, Uint8Array.of(1));
    memory.commit();
    const image = memory.image();
    memory.write(0, Uint8Array.of(2));
    memory.grow(1);
    memory.commit();
    memory.restore(image);
    expect(memory.pages).toBe(1);
    expect(memory.toBytes()[0]).toBe(1);
  });

  it('forgets growth that was not committed', () => {
    const memory = new StableMemory();
    memory.grow(3);
    memory.rollback();
    expect(memory.pages).toBe(0);
  });
});
