import { expect, test } from 'vitest';

import { SECOND, START, user } from '../testing.ts';
import { RateLimit } from './rate-limit.ts';

test('each caller has so many calls a minute, whatever others do', () => {
  const limit = new RateLimit();
  const call = (n: number, now: bigint) => limit.admit(user(n), 2, now);
  expect([call(1, START), call(1, START), call(1, START)]).toEqual([true, true, false]);
  expect(call(2, START)).toBe(true);
  expect(call(1, START + 60n * SECOND)).toBe(true);
});

test('does not grow without bound', () => {
  const limit = new RateLimit();
  const named = (n: number) => Uint8Array.of(n >>> 8, n, 2);
  for (let n = 0; n < 10_000; n += 1) limit.admit(named(n), 1, START);
  // The ten thousand and first begins the count anew.
  expect(limit.admit(named(10_001), 1, START)).toBe(true);
  expect(limit.admit(named(1), 1, START)).toBe(true);
});
