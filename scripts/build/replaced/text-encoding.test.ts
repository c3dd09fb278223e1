import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDecoder as Decoder, TextEncoder as Encoder } from './text-encoding.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());

describe('text encoding in canisters equals the platform’s', () => {
  test('encode', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(new Encoder().encode(t)).toEqual(new TextEncoder().encode(t));
      }),
    );
  });
  test('a lone surrogate becomes the replacement character', () => {
    expect(new Encoder().encode('\ud800x')).toEqual(new TextEncoder().encode('\ud800x'));
  });
  test('decode of any bytes, replacing what is malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (b) => {
        expect(new Decoder().decode(b)).toBe(new TextDecoder().decode(b));
      }),
      { numRuns: 2000 },
    );
  });
  test('decode of any bytes, refusing what is malformed', () => {
    const outcome = (decode: () => string) => {
      try {
        return decode();
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (b) => {
        expect(outcome(() => new Decoder('utf-8', { fatal: true }).decode(b))).toBe(
          outcome(() => new TextDecoder('utf-8', { fatal: true }).decode(b)),
        );
      }),
      { numRuns: 2000 },
    );
  });
  test('a text longer than one piece', () => {
    const long = 'é'.repeat(9000) + 'x'.repeat(9000);
    expect(new Decoder().decode(new TextEncoder().encode(long))).toBe(long);
    expect(new Decoder().decode(new TextEncoder().encode('x'.repeat(9000)))).toBe('x'.repeat(9000));
  });
  test('another encoding is refused', () => {
    expect(() => new Decoder('utf-16le')).toThrow(RangeError);
  });
});
