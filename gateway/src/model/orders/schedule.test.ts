import fc from 'fast-check';
import { expect, test } from 'vitest';

import { drop, due, NEVER, oldest, put, size, type Schedule } from './schedule.ts';

/** Numbers and seconds from one small range, so that a second often looks like another order's number. */
const entry = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));

test('holds what a map would, in order of arrival', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(entry, fc.boolean()), { maxLength: 60 }), (steps) => {
      const model = new Map<number, number>();
      let schedule: Schedule = new Uint32Array();
      for (const [[number, second], keep] of steps) {
        if (keep) model.set(number, second);
        else model.delete(number);
        schedule = keep ? put(schedule, number, second) : drop(schedule, number);
        expect([...schedule]).toEqual([...model].flat());
      }
      expect(size(schedule)).toBe(model.size);
      expect(oldest(schedule, 3)).toEqual([...model.keys()].slice(0, 3));
    }),
  );
});

test('gives what is due, oldest first, and when the next is', () => {
  const schedule = Uint32Array.of(4, 100, 5, 50, 6, 300, 7, NEVER, 8, 90);
  expect(due(schedule, 100, 2)).toEqual({ numbers: [4, 5], next: 90 });
  expect(due(schedule, 100, 9)).toEqual({ numbers: [4, 5, 8], next: 300 });
  expect(due(Uint32Array.of(7, NEVER), 100, 9)).toEqual({ numbers: [], next: null });
});
