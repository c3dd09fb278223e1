import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { accountBytes } from './account-key.ts';
import { MAX_AMOUNT } from './amount.ts';
import {
  decodeTransaction,
  encodeTransaction,
  isDeduplicated,
  MAX_TRANSACTION_BYTES,
  type Operation,
  type Transaction,
} from './transaction.ts';

const account = fc
  .tuple(
    fc.uint8Array({ maxLength: 29 }),
    fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
  )
  .map(([owner, subaccount]) => accountBytes(owner, subaccount));
const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const transaction: fc.Arbitrary<Transaction> = fc.record({
  operation: fc.constantFrom<Operation>('mint', 'burn', 'xfer', 'approve'),
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
      fc.property(transaction, (given) => {
        const bytes = encodeTransaction(given);
        expect(decodeTransaction(bytes)).toEqual(given);
        expect(isDeduplicated(bytes)).toBe(given.createdAt !== null);
      }),
    );
  });

  test('fit the bound that block pages are laid out for', () => {
    const full = new Uint8Array(32).fill(255);
    const longest = accountBytes(new Uint8Array(29), full);
    const bytes = encodeTransaction({
      operation: 'approve',
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
