import { encoder } from '@fabrica/core/candid';
import { describe, expect, test } from 'vitest';

import {
  account,
  alice,
  approveArgs,
  bob,
  carol,
  minter,
  transferArg,
  transferFromArgs,
} from '../../fixtures/ledger.ts';
import { ledgerMethods } from '../../standards.ts';
import { accountText } from '../account-text.ts';
import { sameAccount } from '../account.ts';
import { consent } from './consent.ts';
import { decimalText, fieldText } from './field-text.ts';

const token = {
  symbol: 'GOLD',
  decimals: 8,
  fee: 10_000n,
  isMinter: (given: Parameters<typeof sameAccount>[1]) => sameAccount(minter, given),
};
const send = encoder(ledgerMethods.icrc1_transfer.args);
const approve = encoder(ledgerMethods.icrc2_approve.args);
const spend = encoder(ledgerMethods.icrc2_transfer_from.args);

function ask(method: string, arg: Uint8Array, fields = false, caller = alice) {
  const metadata = { language: 'fr', utc_offset_minutes: 60 };
  const device_spec = fields ? { FieldsDisplay: null } : null;
  return consent(token, caller, { method, arg, user_preferences: { metadata, device_spec } });
}

function shown(response: ReturnType<typeof ask>): string {
  if ('Err' in response) throw new Error('refused');
  const { consent_message } = response.Ok;
  return 'GenericDisplayMessage' in consent_message ? consent_message.GenericDisplayMessage : '';
}

describe('ICRC-21, consent messages', () => {
  test('a transfer tells from, to, amount, fee and memo', () => {
    const arg = transferArg({ amount: 150_000_000n, memo: Uint8Array.of(1, 171) });
    expect(shown(ask('icrc1_transfer', send([arg])))).toBe(
      [
        '# Send GOLD',
        `**From:**\n\`${accountText(account(alice))}\``,
        '**Amount:**\n`1.5 GOLD`',
        `**To:**\n\`${accountText(account(bob))}\``,
        '**Fees:**\n`0.0001 GOLD`',
        '**Memo:**\n`0x01ab`',
      ].join('\n\n'),
    );
  });

  test('is in English, whatever was asked for, and says so', () => {
    const response = ask('icrc1_transfer', send([transferArg()]));
    expect('Ok' in response && response.Ok.metadata).toEqual({
      language: 'en',
      utc_offset_minutes: 60,
    });
  });

  test('minting and burning cost no fee and are called what they are', () => {
    const minted = shown(
      ask('icrc1_transfer', send([transferArg({ amount: 1n })]), false, minter.owner),
    );
    expect(minted).toContain('# Mint GOLD');
    expect(minted).not.toContain('Fees');
    const burned = shown(ask('icrc1_transfer', send([transferArg({ to: minter, amount: 1n })])));
    expect(burned).toContain('# Burn GOLD');
    expect(burned).not.toContain('Fees');
  });

  test('fields for devices that show fields; amounts beyond 64 bits as text', () => {
    const arg = approveArgs({ amount: 2n ** 64n, expires_at: 1_750_000_000_000_000_000n });
    const response = ask('icrc2_approve', approve([arg]), true);
    expect(response).toMatchObject({
      Ok: {
        consent_message: {
          FieldsDisplayMessage: {
            intent: 'Approve spending',
            fields: [
              ['From', { Text: { content: accountText(account(alice)) } }],
              ['Approve to spender', { Text: { content: accountText(account(bob)) } }],
              ['Requested allowance', { Text: { content: '184467440737.09551616 GOLD' } }],
              ['Approval expiration', { TimestampSeconds: { amount: 1_750_000_000n } }],
              ['Approval fees', { TokenAmount: { amount: 10_000n, decimals: 8, symbol: 'GOLD' } }],
              ['Fees paid by', { Text: { content: accountText(account(alice)) } }],
            ],
          },
        },
      },
    });
  });

  test('spending for another names the spender', () => {
    const arg = transferFromArgs({ from: account(alice), to: account(carol), amount: 5n });
    const text = shown(ask('icrc2_transfer_from', spend([arg]), false, bob));
    expect(text).toContain(`**Spender:**\n\`${accountText(account(bob))}\``);
    expect(text).toContain(`**From:**\n\`${accountText(account(alice))}\``);
  });

  test('no message for other methods or arguments that do not decode', () => {
    for (const [method, arg] of [
      ['icrc1_balance_of', send([transferArg()])],
      ['toString', send([transferArg()])],
      ['icrc1_transfer', Uint8Array.of(1, 2, 3)],
    ] as const) {
      expect(ask(method, arg)).toMatchObject({ Err: { UnsupportedCanisterCall: {} } });
    }
  });
});

describe('texts of fields', () => {
  test.each([
    [0n, 0, '0'],
    [7n, 0, '7'],
    [7n, 3, '0.007'],
    [1_000n, 3, '1'],
    [1_230n, 3, '1.23'],
  ])('%d with %d decimals', (amount, decimals, text) => {
    expect(decimalText(amount, decimals)).toBe(text);
  });

  test('times are those of the calendar', () => {
    for (const seconds of [
      0n,
      951_782_399n,
      951_868_800n,
      1_750_000_000n,
      4_107_542_399n,
      253_402_300_799n,
    ]) {
      const expected = new Date(Number(seconds) * 1_000).toISOString().replace('.000', '');
      expect(fieldText({ TimestampSeconds: { amount: seconds } })).toBe(expected);
    }
    expect(fieldText({ TimestampSeconds: { amount: 2n ** 60n } })).toContain('seconds since 1970');
  });
});
