import { concat, u32 } from '@fabrica/core/store';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The text of a principal: checksum and bytes in base 32, in groups of five.
 * https://internetcomputer.org/docs/references/ic-interface-spec#textual-ids
 */
export function principalText(principal: Uint8Array): string {
  const text = base32(concat(u32(crc32(principal)), principal));
  return text.replace(/.{5}(?=.)/g, '$&-');
}

/** Base 32 without padding, in lower case. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(held >>> (bits - 5)) & 31]!;
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31]! : text;
}

/** CRC-32 as in ISO 3309, bit by bit: texts are made seldom, and a table would be built at each start. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
