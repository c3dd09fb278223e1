import { CandidError } from './error.ts';
import { putLeb, type Writer } from './writer.ts';

/** Arguments per call of `String.fromCharCode`: engines limit them. */
const CHUNK = 8_192;

const encoder = new TextEncoder();

/** Bytes as the string of the same character codes: one native call, where a loop costs 1,000 instructions a step. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= CHUNK) return fromCharCodes(bytes.subarray(start, end));
  let text = '';
  for (let from = start; from < end; from += CHUNK) {
    text += fromCharCodes(bytes.subarray(from, Math.min(from + CHUNK, end)));
  }
  return text;
}

/**
 * Bytes as text; throws `CandidError` on what is not UTF-8.
 *
 * `decodeURIComponent` is the one strict UTF-8 decoder built into QuickJS, and `escape` (ECMAScript, Annex B) the
 * way to it. Measured in a canister: 32 characters with one beyond ASCII take 50,000 instructions, and 600,000
 * with a TextDecoder, which is JavaScript there.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  try {
    return decodeURIComponent(escape(latin1(bytes, start, end)));
  } catch {
    throw new CandidError(`invalid UTF-8 at ${start}`);
  }
}

function fromCharCodes(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as ArrayLike<number> as number[]);
}

/**
 * Short texts as they were written before, length included. Statuses, roles, actions and codes come again and
 * again, and a character costs 4,000 instructions to write, a whole text from here 10,000.
 */
const written = new Map<string, Uint8Array>();
const WRITTEN_CHARACTERS = 64;
const WRITTEN_TEXTS = 512;

/** Writes the length and UTF-8 bytes of `text`; throws `RangeError` if they exceed `max`. */
export function putText(w: Writer, text: string, max: number): void {
  const { length } = text;
  if (length > max) throw tooLong(max);
  if (length > WRITTEN_CHARACTERS) return putAscii(w, text, max);
  const before = written.get(text);
  // The first byte is the length: short texts are under 128 bytes, or are not kept.
  if (before !== undefined && before.length - 1 <= max) return w.put(before);
  const start = w.pos;
  putAscii(w, text, max);
  if (w.pos - start > 127) return;
  if (written.size >= WRITTEN_TEXTS) written.clear();
  written.set(text, w.bytes.slice(start, w.pos));
}

/** Writes a text that is taken for ASCII until a character shows otherwise. */
function putAscii(w: Writer, text: string, max: number): void {
  const { length } = text;
  const start = w.pos;
  putLeb(w, length);
  w.reserve(length);
  const { bytes } = w;
  let { pos } = w;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) {
      w.pos = start;
      return putUtf8(w, text, max);
    }
    bytes[pos++] = code;
  }
  w.pos = pos;
}

function putUtf8(w: Writer, text: string, max: number): void {
  const utf8 = encoder.encode(text);
  if (utf8.length > max) throw tooLong(max);
  putLeb(w, utf8.length);
  w.put(utf8);
}

function tooLong(max: number): RangeError {
  return new RangeError(`cannot encode a text of more than ${max} bytes`);
}
