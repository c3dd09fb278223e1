import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstAtOrAfter } from './time-search.ts';

test('finds the first entry at or after a time, as a scan would, in at most 32 reads', () => {
  const times = fc.array(fc.nat(50), { maxLength: 80 }).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.nat(55), fc.nat(3), (times, time, skipped) => {
      const first = Math.min(skipped, times.length);
      let reads = 0;
      const timeOf = (id: number): bigint => {
        reads += 1;
        return BigInt(times[id]!);
      };
      const scanned = times.findIndex((at, id) => id >= first && at >= time);
      const expected = scanned === -1 ? times.length : scanned;
      expect(firstAtOrAfter(first, times.length, timeOf, BigInt(time))).toBe(expected);
      expect(reads).toBeLessThanOrEqual(32);
    }),
  );
});
