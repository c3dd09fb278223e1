import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { MAX_AMOUNT } from './amount.ts';
import {
  decodeTransaction,
  encodeTransaction,
  isDeduplicated,
  MAX_TRANSACTION_BYTES,
  type Call,
  type Operation,
} from './transaction.ts';

const account = fc.record({
  owner: fc.uint8Array({ maxLength: 29 }),
  subaccount: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
});
const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const operations = fc.constantFrom<Operation>('mint', 'burn', 'xfer', 'approve');
const calls: fc.Arbitrary<Call> = fc.record({
  from: fc.option(account),
  to: fc.option(account),
  spender: fc.option(account),
  amount,
  fee: fc.option(amount),
  memo: fc.option(fc.uint8Array({ maxLength: 32 })),
  createdAt: fc.option(time),
  expectedAllowance: fc.option(amount),
  expiresAt: fc.option(time),
});

describe('the canonical bytes of a transaction', () => {
  test('keep every field as it was given', () => {
    fc.assert(
      fc.property(operations, calls, (operation, call) => {
        const bytes = encodeTransaction(operation, call);
        expect(decodeTransaction(bytes)).toEqual({ operation, call });
        expect(isDeduplicated(bytes)).toBe(call.createdAt !== null);
      }),
    );
  });

  test('fit the bound that block pages are laid out for', () => {
    const full = new Uint8Array(32).fill(255);
    const longest = { owner: new Uint8Array(29), subaccount: full };
    const bytes = encodeTransaction('approve', {
      from: longest,
      to: longest,
      spender: longest,
      amount: MAX_AMOUNT,
      fee: MAX_AMOUNT,
      memo: full,
      createdAt: 1n,
      expectedAllowance: MAX_AMOUNT,
      expiresAt: 1n,
    });
    expect(bytes.length).toBe(MAX_TRANSACTION_BYTES);
  });
});
