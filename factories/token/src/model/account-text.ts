import { concat, u32 } from '@fabrica/core/store';

import type { Account } from '../standards.ts';
import { base32, crc32, principalText } from './principal-text.ts';

/**
 * The text of an account: the owner, and unless it is the default one a checksum and the subaccount in hex
 * without leading zeros.
 * https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-1/TextualEncoding.md
 */
export function accountText({ owner, subaccount }: Account): string {
  const text = principalText(owner);
  if (subaccount === null) return text;
  let hex = '';
  for (const byte of subaccount) hex += byte.toString(16).padStart(2, '0');
  hex = hex.replace(/^0+/, '');
  if (hex === '') return text;
  return `${text}-${base32(u32(crc32(concat(owner, subaccount))))}.${hex}`;
}
