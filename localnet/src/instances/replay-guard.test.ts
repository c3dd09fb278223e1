import { expect, it } from 'vitest';

import { ReplayGuard } from './replay-guard.ts';

const id = (n: number): Uint8Array => new Uint8Array(new Uint32Array([n]).buffer);

it('knows a request until it has expired, however many come after it', () => {
  const guard = new ReplayGuard();
  guard.add(id(0), 10n, 0n);
  guard.add(id(1), 1000n, 0n);
  for (let n = 2; n < 25_000; n += 1) guard.add(id(n), 1000n, 500n);
  expect(guard.has(id(0))).toBe(false);
  expect(guard.has(id(1))).toBe(true);
  expect(guard.has(id(24_999))).toBe(true);
  expect(guard.has(id(25_000))).toBe(false);
});
