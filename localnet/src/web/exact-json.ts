import { randomUUID } from 'node:crypto';

/** A JSON value whose integers may be exact. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Marks, inside text, an integer on its way through JSON.parse or JSON.stringify. Unguessable. */
const MARK = randomUUID();
/** Integers this long may be beyond 2^53, where doubles stop being exact. */
const LONG_INTEGER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/**
 * Parses JSON. Integers of 16 digits or more become bigint: nanoseconds since the epoch and cycles
 * must not be rounded.
 * @throws SyntaxError
 */
export function parseJson(text: string): Json {
  const { marked, found } = markIntegers(text);
  if (!found) return JSON.parse(text) as Json;
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  ) as Json;
}

/** Writes JSON; a bigint becomes an integer literal of any length. */
export function stringifyJson(value: Json): string {
  let found = false;
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'bigint') return item;
    found = true;
    return `${MARK}${item}`;
  });
  return found ? text.replace(MARKED, '$1') : text;
}

/**
 * Marks the long integers that stand outside strings. Strings are skipped by search, not by
 * scanning: a request may hold megabytes of base64.
 */
function markIntegers(text: string): { marked: string; found: boolean } {
  const parts: string[] = [];
  let found = false;
  for (let pos = 0; pos < text.length; ) {
    const open = text.indexOf('"', pos);
    const between = text.slice(pos, open < 0 ? text.length : open);
    const replaced = between.replace(LONG_INTEGER, (digits) => `"${MARK}${digits}"`);
    if (replaced.length !== between.length) found = true;
    parts.push(replaced);
    if (open < 0) break;
    const close = endOfString(text, open);
    parts.push(text.slice(open, close));
    pos = close;
  }
  return { marked: found ? parts.join('') : text, found };
}

/** Position after the string that opens at `open`. */
function endOfString(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}
