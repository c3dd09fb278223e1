import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  accountBytes,
  accountKey,
  accountSize,
  keyOf,
  readAccount,
  sameKey,
} from './account-key.ts';

const account = fc.record({
  owner: fc.uint8Array({ maxLength: 29 }),
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
      fc.property(account, fc.uint8Array(), (given, rest) => {
        const bytes = accountBytes(given.owner, given.subaccount);
        expect(readAccount(bytes)).toEqual(given);
        expect(accountSize(Uint8Array.of(...rest, ...bytes, ...rest), rest.length)).toBe(
          bytes.length,
        );
      }),
    );
  });

  test('has the same key with the default subaccount and with none (ICRC-1, account)', () => {
    fc.assert(
      fc.property(account, ({ owner }) => {
        const none = keyOf({ owner, subaccount: null });
        expect(keyOf({ owner, subaccount: new Uint8Array(32) })).toEqual(none);
        expect(accountKey(none)).toEqual(none);
      }),
    );
  });

  test('never has the key of another account, nor one that begins with it', () => {
    fc.assert(
      fc.property(account, account, (a, b) => {
        const [x, y] = [keyOf(a), keyOf(b)];
        const zero = (sub: Uint8Array | null) => sub ?? new Uint8Array(32);
        const same =
          Buffer.compare(a.owner, b.owner) === 0 &&
          Buffer.compare(zero(a.subaccount), zero(b.subaccount)) === 0;
        expect(sameKey(x, y)).toBe(same);
        expect(!same && Buffer.compare(y.subarray(0, x.length), x) === 0).toBe(false);
      }),
    );
  });
});
