import fc from 'fast-check';
import { expect, test } from 'vitest';

import { amountSize, MAX_AMOUNT, readAmount, writeAmount } from './amount.ts';

test('an amount is read as it was written, at any place', () => {
  const edges = [0n, 1n, 2n ** 53n, 2n ** 64n - 1n, 2n ** 64n, MAX_AMOUNT];
  fc.assert(
    fc.property(
      fc.oneof(fc.bigInt({ min: 0n, max: MAX_AMOUNT }), fc.constantFrom(...edges)),
      fc.nat({ max: 5 }),
      (amount, at) => {
        const view = new DataView(new ArrayBuffer(22));
        expect(writeAmount(view, at, amount)).toBe(at + amountSize(amount));
        expect(readAmount(view, at)).toBe(amount);
      },
    ),
  );
});
