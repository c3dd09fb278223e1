import { Principal } from '@dfinity/principal';
import { encodeIcrcAccount } from '@dfinity/ledger-icrc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { accountText } from './account-text.ts';
import { principalText } from './principal-text.ts';

const owner = fc.uint8Array({ minLength: 1, maxLength: 29 });

describe('texts', () => {
  test('of principals are those of the interface specification', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 29 }), (bytes) => {
        expect(principalText(bytes)).toBe(Principal.fromUint8Array(bytes).toText());
      }),
    );
  });

  test('of accounts are those of ICRC-1', () => {
    const subaccount = fc.option(
      fc.oneof(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(255).map((last) => new Uint8Array(32).fill(last, 31)),
      ),
    );
    fc.assert(
      fc.property(owner, subaccount, (bytes, sub) => {
        const account = { owner: Principal.fromUint8Array(bytes), subaccount: sub ?? undefined };
        const expected = encodeIcrcAccount(account as never);
        expect(accountText({ owner: bytes, subaccount: sub })).toBe(expected);
      }),
    );
  });
});
