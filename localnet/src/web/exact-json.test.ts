import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Json, parseJson, stringifyJson } from './exact-json.ts';

describe('exact JSON', () => {
  it('reads integers beyond 2^53 exactly, and leaves the others numbers', () => {
    const text = '{"nanos_since_epoch":1620328630000000001,"small":[12,-3,1.5,1e20]}';
    expect(parseJson(text)).toEqual({
      nanos_since_epoch: 1620328630000000001n,
      small: [12, -3, 1.5, 1e20],
    });
  });

  it('leaves digits inside strings alone, whatever is escaped there', () => {
    const value = { 'key": 1620328630000000001': 'a\\"1620328630000000001', b: '\\' };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });

  it('leaves long fractions and exponents to doubles', () => {
    expect(
      parseJson('[0.1234567890123456789, 12345678901234567890.5, 1E00000000000000001]'),
    ).toEqual([0.12345678901234568, 12345678901234567000, 10]);
  });

  it('refuses what is not JSON', () => {
    expect(() => parseJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
  });

  it('returns every value it wrote', () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.bigInt({ min: 10n ** 16n, max: 2n ** 128n }),
        fc.array(tie('value')),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('value'),
          {
            noNullPrototype: true,
          },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (written) => {
        expect(parseJson(stringifyJson(written))).toEqual(written);
      }),
    );
  });
});
