import { MemoryStore } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { SortedKeys } from './sorted-keys.ts';

const list = Uint8Array.of(1, 7);
const other = Uint8Array.of(1, 8);
const key = (number: number) => Uint8Array.of(number >> 8, number & 255);
const number = ([high, low]: Uint8Array) => high! * 256 + low!;

describe('sorted keys', () => {
  test('hold what a sorted set holds, from any key on', () => {
    const step = fc.record({ add: fc.boolean(), value: fc.nat(400) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600, size: 'max' }), fc.nat(400), (steps, first) => {
        const store = new MemoryStore();
        const keys = new SortedKeys(store, 2);
        const expected = new Set<number>();
        keys.add(other, key(5));
        for (const { add, value } of steps) {
          if (add || value % 3 !== 0) {
            keys.add(list, key(value));
            expected.add(value);
          } else {
            keys.remove(list, key(value));
            expected.delete(value);
          }
        }
        const sorted = [...expected].sort((a, b) => a - b).filter((each) => each >= first);
        const found = [...new SortedKeys(store, 2).from(list, key(first))].map(number);
        expect(found).toEqual(sorted);
        expect([...keys.from(other, key(0))].map(number)).toEqual([5]);
      }),
      { numRuns: 100 },
    );
  });

  test('a list never added to is empty', () => {
    const keys = new SortedKeys(new MemoryStore(), 2);
    keys.remove(list, key(1));
    expect([...keys.from(list, key(0))]).toEqual([]);
  });
});
