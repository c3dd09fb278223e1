import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstAtOrAfter } from './time-search.ts';

test('finds the first entry at or after a time, as a scan would, in at most 32 reads', () => {
  const times = fc.array(fc.nat(50), { maxLength: 80 }).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.nat(55), (times, time) => {
      let reads = 0;
      const timeOf = (id: number): bigint => {
        reads += 1;
        return BigInt(times[id]!);
      };
      const scanned = times.findIndex((at) => at >= time);
      const expected = scanned === -1 ? times.length : scanned;
      expect(firstAtOrAfter(times.length, timeOf, BigInt(time))).toBe(expected);
      expect(reads).toBeLessThanOrEqual(32);
    }),
  );
});
