import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { messages, schemas, valuesOf } from './fixtures/arbitrary.ts';
import { relayout } from './fixtures/relayout.ts';
import { c, decoder, encoder, type Schema } from './index.ts';

const orders = fc.constantFrom(
  (a: number, b: number) => b - a,
  (a: number, b: number) => a - b,
  (a: number, b: number) => ((a * 7) % 5) - ((b * 7) % 5),
);

describe('a message of another language', () => {
  it('decodes to the same values whatever the order of its type table', () => {
    fc.assert(
      fc.property(messages, orders, ([args, values], order) => {
        const message = relayout(encoder(args)(values), order);
        const decode = decoder(args);
        expect(decode(message)).toEqual({ ok: true, values });
        expect(decode(message)).toEqual({ ok: true, values });
      }),
      { numRuns: 500 },
    );
  });

  it('may have fields and arguments we do not know', () => {
    const pairs = fc
      .tuple(schemas, schemas)
      .chain(([known, extra]) =>
        fc.tuple(fc.constant([known, extra] as const), fc.tuple(valuesOf(known), valuesOf(extra))),
      );
    fc.assert(
      fc.property(pairs, ([[known, extra], [value, other]]) => {
        const wide = c.record({ a: extra, known, z: extra });
        const message = encoder([wide, extra])([{ a: other, known: value, z: other }, other]);
        const decode = decoder([c.record({ known })]);
        expect(decode(message)).toEqual({ ok: true, values: [{ known: value }] });
        expect(decode(message)).toEqual({ ok: true, values: [{ known: value }] });
      }),
      { numRuns: 500 },
    );
  });

  it('may lack what is optional', () => {
    const decode = decoder([c.record({ a: c.nat, b: c.opt(c.text), c: c.reserved }), c.opt(c.nat)]);
    const message = encoder([c.record({ a: c.nat })])([{ a: 5n }]);
    expect(decode(message)).toEqual({ ok: true, values: [{ a: 5n, b: null, c: null }, null] });
  });

  it('finds what follows an opt, whether its value fits or not', () => {
    const cases = schemas
      .filter(notNull)
      .chain((sent) => fc.tuple(fc.constant(sent), valuesOf(sent), schemas.filter(notNull)));
    fc.assert(
      fc.property(cases, ([sent, value, expected]) => {
        const message = encoder([c.opt(sent as never), c.nat8])([value, 7] as never);
        const result = decoder([c.opt(expected as never), c.nat8])(message);
        expect(result).toMatchObject({ ok: true, values: { 1: 7 } });
      }),
      { numRuns: 500 },
    );
  });

  it('keeps few layouts, and still reads all', () => {
    const decode = decoder([c.record({})]);
    for (let round = 0; round < 2; round++) {
      for (let width = 0; width < 20; width++) {
        const labels = Array.from({ length: width }, (_, i) => [`f${i}`, c.nat8] as const);
        const message = encoder([c.record(Object.fromEntries(labels))])([
          Object.fromEntries(labels.map(([label]) => [label, 1])),
        ]);
        expect(decode(message)).toEqual({ ok: true, values: [{}] });
      }
    }
  });
});

function notNull({ kind }: Schema): boolean {
  return kind !== 'opt' && kind !== 'null' && kind !== 'reserved';
}
