import { decoder } from '@fabrica/core/candid';

import type { ConsentField, ConsentRequest, ConsentResponse } from '../../icrc21-schema.ts';
import { ledgerMethods, type Account } from '../../standards.ts';
import { accountText } from '../account-text.ts';
import { fieldText } from './field-text.ts';

const { icrc1_transfer, icrc2_approve, icrc2_transfer_from } = ledgerMethods;
const NANOSECONDS = 1_000_000_000n;

/** What a message needs to know of the token. */
export interface TokenTerms {
  readonly symbol: string;
  readonly decimals: number;
  readonly fee: bigint;
  /** Mints by sending and burns by receiving, without fee. */
  isMinter(account: Account): boolean;
}

/** What a call does, in words and figures. */
interface Summary {
  readonly intent: string;
  readonly fields: readonly (readonly [string, ConsentField])[];
}

type Described = Summary | { readonly undecodable: string };

/** `icrc21_canister_call_consent_message`: what `caller` would agree to by signing the call. In English. */
export function consent(
  token: TokenTerms,
  caller: Uint8Array,
  { method, arg, user_preferences }: ConsentRequest,
): ConsentResponse {
  const describe = describers.get(method);
  if (describe === undefined) {
    const known = [...describers.keys()].join(', ');
    const description = `No message for ${method}. There is one for ${known}.`;
    return { Err: { UnsupportedCanisterCall: { description } } };
  }
  const summary = describe(token, caller, arg);
  if ('undecodable' in summary) {
    const description = `The argument does not decode: ${summary.undecodable}`;
    return { Err: { UnsupportedCanisterCall: { description } } };
  }
  const { metadata, device_spec } = user_preferences;
  const plain = device_spec === null || 'GenericDisplay' in device_spec;
  return {
    Ok: {
      consent_message: plain
        ? { GenericDisplayMessage: markdown(summary) }
        : { FieldsDisplayMessage: summary },
      metadata: { language: 'en', utc_offset_minutes: metadata.utc_offset_minutes },
    },
  };
}

type Describe = (token: TokenTerms, caller: Uint8Array, arg: Uint8Array) => Described;

// A map: a plain object would know toString, too.
const describers = new Map<string, Describe>(
  Object.entries<Describe>({
    icrc1_transfer: (token, caller, arg) => {
      const decoded = decoder(icrc1_transfer.args)(arg);
      if (!decoded.ok) return { undecodable: decoded.reason };
      const [{ from_subaccount, to, amount, memo }] = decoded.values;
      return movement(token, { owner: caller, subaccount: from_subaccount }, to, amount, memo);
    },
    icrc2_transfer_from: (token, caller, arg) => {
      const decoded = decoder(icrc2_transfer_from.args)(arg);
      if (!decoded.ok) return { undecodable: decoded.reason };
      const [{ spender_subaccount, from, to, amount, memo }] = decoded.values;
      const moved = movement(token, from, to, amount, memo);
      const spender = { owner: caller, subaccount: spender_subaccount };
      return {
        intent: `Spend: ${moved.intent.toLowerCase()} of another`,
        fields: [['Spender', account(spender)], ...moved.fields],
      };
    },
    icrc2_approve: (token, caller, arg) => {
      const decoded = decoder(icrc2_approve.args)(arg);
      if (!decoded.ok) return { undecodable: decoded.reason };
      const [{ from_subaccount, spender, amount, expires_at, expected_allowance, memo }] =
        decoded.values;
      const owner = account({ owner: caller, subaccount: from_subaccount });
      const fields: [string, ConsentField][] = [
        ['From', owner],
        ['Approve to spender', account(spender)],
        ['Requested allowance', tokens(token, amount)],
      ];
      if (expected_allowance !== null) {
        fields.push(['Existing allowance', tokens(token, expected_allowance)]);
      }
      fields.push([
        'Approval expiration',
        expires_at === null
          ? { Text: { content: 'This approval does not have an expiration.' } }
          : { TimestampSeconds: { amount: expires_at / NANOSECONDS } },
      ]);
      fields.push(['Approval fees', tokens(token, token.fee)], ['Fees paid by', owner]);
      return { intent: 'Approve spending', fields: [...fields, ...memoField(memo)] };
    },
  }),
);

function movement(
  token: TokenTerms,
  from: Account,
  to: Account,
  amount: bigint,
  memo: Uint8Array | null,
): Summary {
  const fields: (readonly [string, ConsentField])[] = [['Amount', tokens(token, amount)]];
  if (token.isMinter(from)) {
    fields.push(['To', account(to)]);
    return { intent: `Mint ${token.symbol}`, fields: [...fields, ...memoField(memo)] };
  }
  fields.unshift(['From', account(from)]);
  if (token.isMinter(to)) {
    return { intent: `Burn ${token.symbol}`, fields: [...fields, ...memoField(memo)] };
  }
  fields.push(['To', account(to)], ['Fees', tokens(token, token.fee)]);
  return { intent: `Send ${token.symbol}`, fields: [...fields, ...memoField(memo)] };
}

function account(given: Account): ConsentField {
  return { Text: { content: accountText(given) } };
}

/** The standard's amounts have 64 bits; larger ones are shown as text. */
function tokens({ symbol, decimals }: TokenTerms, amount: bigint): ConsentField {
  const field = { TokenAmount: { symbol, decimals, amount } };
  return amount < 2n ** 64n ? field : { Text: { content: fieldText(field) } };
}

function memoField(memo: Uint8Array | null): readonly (readonly [string, ConsentField])[] {
  if (memo === null) return [];
  let content = '0x';
  for (const byte of memo) content += byte.toString(16).padStart(2, '0');
  return [['Memo', { Text: { content } }]];
}

function markdown({ intent, fields }: Summary): string {
  const lines = fields.map(([name, field]) => `**${name}:**\n\`${fieldText(field)}\``);
  return [`# ${intent}`, ...lines].join('\n\n');
}
