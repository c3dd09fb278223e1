/** A piece of a `.did` text. */
export interface Token {
  /** `word`: a keyword or an identifier. `mark`: punctuation. `end`: no more. */
  readonly kind: 'word' | 'text' | 'number' | 'mark' | 'end';
  readonly text: string;
  /** Where it stands, from 1. */
  readonly line: number;
}

const TOKEN =
  /(?<space>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>0x[0-9a-fA-F_]+|[0-9][0-9_]*)|"(?<text>(?:[^"\\]|\\[\s\S])*)"|(?<mark>->|[{}();:,=])/y;

/**
 * The tokens of a `.did` text, the last one of kind `end`.
 * Grammar: https://github.com/dfinity/candid/blob/master/spec/Candid.md#core-grammar
 *
 * @throws SyntaxError that names the line of what is no token.
 */
export function tokensOf(did: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < did.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(did);
    if (match === null)
      throw new SyntaxError(`Line ${line}: ${did.slice(at, at + 20)} is no Candid`);
    const { word, number, text, mark } = match.groups!;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, line });
    else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number.replaceAll('_', ''), line });
    } else if (text !== undefined) tokens.push({ kind: 'text', text: unescaped(text), line });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, line });
    line += match[0].split('\n').length - 1;
    at += match[0].length;
  }
  return [...tokens, { kind: 'end', text: 'the end', line }];
}

const ESCAPE = /\\(?:u\{([0-9a-fA-F_]+)\}|([0-9a-fA-F]{2})|([\s\S]))/g;
const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, point?: string, byte?: string, character?: string) => {
    const code = point ?? byte;
    if (code !== undefined)
      return String.fromCodePoint(Number.parseInt(code.replaceAll('_', ''), 16));
    return NAMED[character!] ?? character!;
  });
}
