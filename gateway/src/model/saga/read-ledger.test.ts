import { expect, test } from 'vitest';

import { readLedger } from './read-ledger.ts';

const order = { price: 1_000n, ledgerFee: 10n };

test.each([
  [{ Ok: 5n }, 'paid'],
  [{ Err: { Duplicate: { duplicate_of: 5n } } }, 'paid'],
  [{ Err: { InsufficientAllowance: { allowance: 1n } } }, 'funds', 'gateway.allowance_too_low'],
  [{ Err: { InsufficientFunds: { balance: 1n } } }, 'funds', 'gateway.balance_too_low'],
  [{ Err: { BadFee: { expected_fee: 20n } } }, 'fee', 'gateway.ledger_fee_changed'],
  [{ Err: { TooOld: null } }, 'too old', 'gateway.ledger_refused'],
  [{ Err: { CreatedInFuture: { ledger_time: 1n } } }, 'other', 'gateway.ledger_refused'],
  [{ Err: { TemporarilyUnavailable: null } }, 'other', 'gateway.ledger_refused'],
  [{ Err: { BadBurn: { min_burn_amount: 1n } } }, 'other', 'gateway.ledger_refused'],
  [{ Err: { GenericError: { error_code: 1n, message: 'x' } } }, 'other', 'gateway.ledger_refused'],
] as const)('%o is read as %s', (answer, kind, code?: string) => {
  const outcome = readLedger(answer, order);
  if (outcome.kind === 'paid') expect([kind, outcome.block]).toEqual(['paid', 5n]);
  else if (outcome.kind === 'declined')
    expect([outcome.why.kind, outcome.refusal.code]).toEqual([kind, code]);
});

test('a short allowance names what the order takes, the ledger fee included', () => {
  const outcome = readLedger({ Err: { InsufficientAllowance: { allowance: 1n } } }, order);
  expect(outcome.kind === 'declined' && outcome.refusal.action).toContain('1010');
});
