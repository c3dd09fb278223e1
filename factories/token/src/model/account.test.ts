import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  accountKey,
  accountSize,
  pairKey,
  readAccount,
  sameAccount,
  writeAccount,
} from './account.ts';

const account = fc.record({
  owner: fc.oneof(fc.uint8Array({ maxLength: 29 }), fc.uint8Array({ maxLength: 1, max: 1 })),
  subaccount: fc.option(
    fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.constant(new Uint8Array(32)),
      fc.integer({ min: 0, max: 31 }).map((at) => new Uint8Array(32).fill(1, at, at + 1)),
    ),
  ),
});

describe('an account as bytes', () => {
  test('is read as it was given, wherever it stands', () => {
    fc.assert(
      fc.property(account, fc.nat({ max: 5 }), (given, at) => {
        const bytes = new Uint8Array(100).fill(7);
        expect(writeAccount(bytes, at, given)).toBe(at + accountSize(given));
        expect(readAccount(bytes, at)).toEqual(given);
      }),
    );
  });

  test('has the same key with the default subaccount and with none (ICRC-1, account)', () => {
    fc.assert(
      fc.property(account, ({ owner }) => {
        const [none, named] = [null, new Uint8Array(32)].map((subaccount) => ({
          owner,
          subaccount,
        }));
        expect(accountKey(3, none!)).toEqual(accountKey(3, named!));
        expect(pairKey(3, none!, named!)).toEqual(pairKey(3, named!, none!));
        expect(sameAccount(none!, named!)).toBe(true);
      }),
    );
  });

  test('never has the key of another account, nor one that begins with it', () => {
    fc.assert(
      fc.property(account, account, (a, b) => {
        const [x, y] = [accountKey(3, a), accountKey(3, b)];
        const zero = (sub: Uint8Array | null) => sub ?? new Uint8Array(32);
        const same =
          Buffer.compare(a.owner, b.owner) === 0 &&
          Buffer.compare(zero(a.subaccount), zero(b.subaccount)) === 0;
        expect(Buffer.compare(x, y) === 0).toBe(same);
        expect(sameAccount(a, b)).toBe(same);
        expect(!same && Buffer.compare(y.subarray(0, x.length), x) === 0).toBe(false);
      }),
    );
  });
});
