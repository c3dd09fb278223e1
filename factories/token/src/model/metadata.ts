import type { TokenInit } from '../order-schema.ts';
import type { Metadata, SupportedStandards } from '../standards.ts';
import { MAX_TAKE } from './list-allowances.ts';
import { principalText } from './principal-text.ts';
import { MAX_MEMO_LENGTH } from './transaction.ts';

/**
 * What `icrc1_metadata` answers: the entries the standards name, and what they do not name under `fabrica:`.
 *
 * @param self the ledger, which is its own index.
 * @param paused told only of a token that someone may pause.
 */
export function metadataOf(order: TokenInit, self: Uint8Array, paused: boolean): Metadata {
  const entries: Metadata[number][] = [
    ['icrc1:name', { Text: order.name }],
    ['icrc1:symbol', { Text: order.symbol }],
    ['icrc1:decimals', { Nat: BigInt(order.decimals) }],
    ['icrc1:fee', { Nat: order.fee }],
    ['icrc1:max_memo_length', { Nat: BigInt(MAX_MEMO_LENGTH) }],
    ['icrc103:public_allowances', { Text: 'true' }],
    ['icrc103:max_take_value', { Nat: BigInt(MAX_TAKE) }],
    ['icrc106:index_principal', { Text: principalText(self) }],
  ];
  if (order.logo !== null) entries.push(['icrc1:logo', { Text: order.logo }]);
  if (order.description !== null)
    entries.push(['fabrica:description', { Text: order.description }]);
  if (order.website !== null) entries.push(['fabrica:website', { Text: order.website }]);
  if (order.maxSupply !== null) entries.push(['fabrica:max_supply', { Nat: order.maxSupply }]);
  if (order.pauser !== null) {
    entries.push(['fabrica:pauser', { Text: principalText(order.pauser) }]);
    entries.push(['fabrica:paused', { Text: String(paused) }]);
  }
  if (order.archive !== null) {
    entries.push(['fabrica:blocks_kept', { Nat: BigInt(order.archive.keep) }]);
    entries.push(['fabrica:blocks_per_archive', { Nat: BigInt(order.archive.capacity) }]);
  }
  return entries;
}

/** What `icrc1_supported_standards` and `icrc10_supported_standards` answer. */
export const supportedStandards: SupportedStandards = Object.freeze([
  {
    name: 'ICRC-1',
    url: 'https://github.com/dfinity/ICRC-1/tree/main/standards/ICRC-1',
  },
  {
    name: 'ICRC-2',
    url: 'https://github.com/dfinity/ICRC-1/tree/main/standards/ICRC-2',
  },
  {
    name: 'ICRC-3',
    url: 'https://github.com/dfinity/ICRC-1/tree/main/standards/ICRC-3',
  },
  {
    name: 'ICRC-10',
    url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-10/ICRC-10.md',
  },
  {
    name: 'ICRC-21',
    url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-21/ICRC-21.md',
  },
  {
    name: 'ICRC-103',
    url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-103',
  },
  {
    name: 'ICRC-106',
    url: 'https://github.com/dfinity/ICRC/blob/main/ICRCs/ICRC-106',
  },
]);
