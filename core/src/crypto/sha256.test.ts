import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, sha256After } from './sha256.ts';

const expected = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

describe('SHA-256', () => {
  test('FIPS 180-4 example: "abc"', () => {
    expect(Buffer.from(sha256(new TextEncoder().encode('abc'))).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('every length around the block boundaries equals the platform’s', () => {
    for (let length = 0; length <= 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff);
      expect(sha256(bytes)).toEqual(expected(bytes));
    }
  });

  test('any bytes, also at an offset in a larger buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(20), (bytes, offset) => {
        const view = bytes.subarray(Math.min(offset, bytes.length));
        expect(sha256(view)).toEqual(expected(view));
      }),
    );
  });

  test('after a prefix equals hashing prefix and message together', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.uint8Array({ maxLength: 300 }),
        (prefix, bytes) => {
          const hash = sha256After(prefix);
          const whole = new Uint8Array([...prefix, ...bytes]);
          expect(hash(bytes)).toEqual(expected(whole));
          expect(hash(bytes)).toEqual(expected(whole));
        },
      ),
    );
  });

  test('a prefix of another length is refused', () => {
    expect(() => sha256After(new Uint8Array(63))).toThrow(RangeError);
  });
});
