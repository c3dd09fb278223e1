/**
 * UTF-8 `TextEncoder` and `TextDecoder`, bundled into canisters in place of `@sinonjs/text-encoding`.
 *
 * That package carries 622 KB of legacy code tables, which QuickJS parses at every install and
 * upgrade: about 0.9 billion instructions. Canisters speak UTF-8 only, so any other label is refused.
 * Behaviour follows the Encoding Standard: https://encoding.spec.whatwg.org/#utf-8-decoder
 */

/** `apply` puts its arguments on QuickJS's stack, so long texts are built in pieces. */
const PIECE = 4096;
// eslint-disable-next-line no-control-regex -- the set of ASCII characters, exactly
const ASCII = /^[\x00-\x7f]*$/;

export class TextEncoder {
  readonly encoding = 'utf-8';

  encode(text = ''): Uint8Array {
    const bytes = new Uint8Array(text.length * 3);
    let end = 0;
    for (const character of text) {
      let code = character.codePointAt(0)!;
      if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      if (code < 0x80) {
        bytes[end++] = code;
        continue;
      }
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[end++] = ((0xf00 >> (more + 1)) & 0xff) | (code >> (6 * more));
      for (let shift = 6 * (more - 1); shift >= 0; shift -= 6) {
        bytes[end++] = 0x80 | ((code >> shift) & 0x3f);
      }
    }
    return bytes.slice(0, end);
  }
}

export class TextDecoder {
  readonly encoding = 'utf-8';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    if (!/^utf-?8$/i.test(label)) {
      throw new RangeError(`Only UTF-8 is available in a canister, not ${label}`);
    }
    this.fatal = options.fatal === true;
    this.ignoreBOM = options.ignoreBOM === true;
  }

  decode(input: Uint8Array | ArrayBuffer = new Uint8Array()): string {
    const given = input instanceof Uint8Array ? input : new Uint8Array(input);
    const marked = given[0] === 0xef && given[1] === 0xbb && given[2] === 0xbf;
    const bytes = marked && !this.ignoreBOM ? given.subarray(3) : given;
    let text = '';
    for (let at = 0; at < bytes.length; at += PIECE) {
      text += String.fromCharCode.apply(null, bytes.subarray(at, at + PIECE) as never);
    }
    return ASCII.test(text) ? text : this.#decodeWide(bytes);
  }

  #decodeWide(bytes: Uint8Array): string {
    let text = '';
    let at = 0;
    while (at < bytes.length) {
      const [code, length] = readCharacter(bytes, at);
      if (code < 0 && this.fatal) throw new TypeError('The encoded data was not valid UTF-8');
      text += code < 0 ? '\ufffd' : String.fromCodePoint(code);
      at += length;
    }
    return text;
  }
}

/** The code point at `at` (-1 if malformed) and the bytes it takes up. */
function readCharacter(bytes: Uint8Array, at: number): [code: number, length: number] {
  const first = bytes[at]!;
  if (first < 0x80) return [first, 1];
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return [-1, 1];
  let code = first & (0x3f >> more);
  for (let index = 1; index <= more; index += 1) {
    const next = bytes[at + index];
    if (next === undefined || !isContinuation(first, index, next)) return [-1, index];
    code = (code << 6) | (next & 0x3f);
  }
  return [code, more + 1];
}

/** The second byte's range depends on the first: no overlong forms, surrogates or codes past U+10FFFF. */
function isContinuation(first: number, index: number, byte: number): boolean {
  if (index > 1) return byte >= 0x80 && byte <= 0xbf;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return byte >= low && byte <= high;
}
