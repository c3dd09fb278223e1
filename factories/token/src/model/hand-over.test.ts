import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  bob,
  carol,
  fundedLedger,
  minter,
  openLedger,
} from '../fixtures/ledger.ts';
import type { Account } from '../standards.ts';
import { checkHandOver } from './hand-over.ts';

const { ledger } = fundedLedger([[account(alice), 100n]], { feeCollector: account(carol) });
const codeOf = (caller: Uint8Array, to: Account | null, into = ledger) => {
  const result = checkHandOver(into, caller, to);
  return 'Err' in result ? result.Err.code : 'ok';
};

describe('handing the minting account over', () => {
  test('is for its owner alone, to another account or to nobody', () => {
    expect(codeOf(minter.owner, account(bob))).toBe('ok');
    expect(codeOf(minter.owner, null)).toBe('ok');
    expect(codeOf(alice, account(bob))).toBe('token.not_the_minter');
    expect(codeOf(alice, null)).toBe('token.not_the_minter');
  });

  test('refuses accounts that cannot mint', () => {
    expect(codeOf(minter.owner, account(alice))).toBe('token.minter_holds');
    expect(codeOf(minter.owner, account(carol))).toBe('token.fee_collector_mints');
    expect(codeOf(minter.owner, account(Uint8Array.of(4)))).toBe('token.minter_anonymous');
    const malformed = { owner: bob, subaccount: new Uint8Array(31) };
    expect(codeOf(minter.owner, malformed)).toBe('token.minter_subaccount');
  });

  test('is over for good once renounced', () => {
    const renounced = openLedger({ minter: null }).ledger;
    expect(codeOf(minter.owner, account(bob), renounced)).toBe('token.no_minter');
  });
});
