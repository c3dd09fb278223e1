import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { messages, Tree, valuesOf } from './fixtures/arbitrary.ts';
import { relayout } from './fixtures/relayout.ts';
import {
  bodyDecoder,
  bodyEncoder,
  c,
  CandidError,
  decoder,
  DEFAULT_LIMITS,
  encoder,
  type Schema,
} from './index.ts';

type Nested = Nested[];
const Nested: Schema<Nested> = c.rec<Nested>(() => c.vec(Nested, { max: 2 ** 40 }) as never);

/** Messages of a few bytes that claim to hold millions of values. */
const bombs: readonly (readonly [name: string, hex: string, args: readonly Schema[]])[] = [
  ['vec null', '016d7f0100 8094ebdc03', []],
  ['vec null at vec null', '016d7f0100 8094ebdc03', [c.vec(c.null, { max: 2 ** 40 })]],
  ['vec null at vec opt nat', '016d7f0100 8094ebdc03', [c.vec(c.opt(c.nat), { max: 2 ** 40 })]],
  ['vec null at opt nat', '016d7f0100 8094ebdc03', [c.opt(c.nat)]],
  ['vec reserved', '016d700100 8094ebdc03', [c.reserved]],
  ['vec record {}', '026d016c000100 80ade204', []],
  [
    'vec record {} at its own type',
    '026d016c000100 80ade204',
    [c.vec(c.record({}), { max: 2 ** 40 })],
  ],
  ['vec vec null', '026d016d7f010005 ffff3f ffff3f ffff3f ffff3f ffff3f', []],
  ['vec of a record of nulls', '046c03017f020103026c0101706c006d000103 8094ebdc03', []],
  [
    'vec of mismatching variants',
    `036d016e026b01017f0100 d00f ${'0100'.repeat(2_000)}`,
    [c.vec(c.opt(c.variant({ _0_: c.null })), { max: 2 ** 40 })],
  ],
  ['record that doubles twenty times', doubling(20), []],
  ['record that doubles twenty times, at reserved', doubling(20), [c.reserved]],
  ['infinite record', '016c0100000100', [c.reserved]],
  ['infinite vec, ten thousand deep', `016d000100 ${'01'.repeat(10_000)}00`, [Nested]],
  [
    'infinite vec, unrolled, ten thousand deep',
    `026d016d000100 ${'01'.repeat(10_000)}00`,
    [Nested],
  ],
  ['infinite opt, ten thousand deep', `016e000100 ${'01'.repeat(10_000)}00`, [c.opt(c.nat)]],
  ['type table of a billion', '8094ebdc03', []],
  ['record of a billion fields', '016c8094ebdc03', []],
  ['a billion arguments', '008094ebdc03', []],
  ['length beyond 53 bits', '016d7b0100 ffffffffffffffffff01', [c.blob]],
  ['length beyond the message', '016d7b0100 ffff03', [c.blob({ max: 2 ** 40 })]],
  ['chain of a thousand types', chain(1_000), [Nested]],
  ['chain of five hundred types', chain(500), [Nested]],
  [
    'chain of five hundred types, in a reference',
    `${chain(500, '6a000100')}`,
    [c.func([], [Nested])],
  ],
];

describe('a bomb is refused within the limits', () => {
  it.each(bombs)('%s', (_, hex, args) => {
    const digits = hex.replaceAll(' ', '');
    const result = decoder(args)(new Uint8Array(Buffer.from(`4449444c${digits}`, 'hex')));
    // By a limit, that is, and not because the bytes above are wrong.
    expect(result).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/too (many|large|deeply|short)/),
    });
  });
});

describe('maxima', () => {
  const decode = decoder([c.vec(c.text({ max: 3 }), { max: 2 }), c.blob({ max: 2 })]);
  const wide = encoder([c.vec(c.text), c.blob]);

  it.each([
    ['a text', ['abcd'], []],
    ['a text of few characters and many bytes', ['é☃'], []],
    ['a vec', ['a', 'b', 'c'], []],
    ['a blob', ['a'], [1, 2, 3]],
  ])('refuse %s that is too long, though the message is sound', (_, texts, blob) => {
    expect(decode(wide([texts, new Uint8Array(blob)])).ok).toBe(false);
  });

  it('count values across vectors', () => {
    const args = [c.vec(c.vec(c.nat8))] as const;
    const message = encoder(args)([
      Array.from({ length: 100 }, () => new Array<number>(100).fill(1)),
    ]);
    expect(decoder(args)(message).ok).toBe(true);
    expect(decoder(args, { ...DEFAULT_LIMITS, values: 10_000 })(message).ok).toBe(false);
  });

  it('bound the depth of recursive types', () => {
    let tree: Tree = { leaf: 1 };
    for (let i = 0; i < 63; i++) tree = { node: [tree] };
    expect(decoder([Tree])(encoder([Tree])([tree])).ok).toBe(true);
    expect(decoder([Tree])(encoder([Tree])([{ node: [tree] }])).ok).toBe(false);
  });

  it('hold for stored bodies too', () => {
    const bytes = bodyEncoder(c.text)('abcd');
    expect(() => bodyDecoder(c.text({ max: 3 }))(bytes)).toThrow(CandidError);
  });
});

describe('hostile bytes', () => {
  it('never make a decoder throw, and never give more than the limits allow', () => {
    const limits = { ...DEFAULT_LIMITS, values: 200 };
    const mutated = fc.tuple(messages, messages, fc.infiniteStream(fc.nat()), fc.boolean());
    fc.assert(
      fc.property(mutated, ([[args, values], [other], random, foreign]) => {
        const sound = encoder(args)(values);
        const message = foreign ? relayout(sound, (a, b) => b - a) : sound;
        for (const expected of [args, other]) {
          const decode = decoder(expected, limits);
          for (let i = 0; i < 10; i++) {
            const result = decode(mutate(message, random));
            if (result.ok) expect(count(result.values)).toBeLessThan(2_000);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of any kind never make a decoder throw', () => {
    const hostile = fc.tuple(messages, fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(hostile, ([[args], tail]) => {
        decoder(args)(tail);
        decoder(args)(new Uint8Array([0x44, 0x49, 0x44, 0x4c, ...tail]));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of a sound message cut short are refused', () => {
    fc.assert(
      fc.property(messages, fc.nat(), ([args, values], at) => {
        const message = encoder(args)(values);
        const result = decoder(args)(message.subarray(0, at % message.length));
        expect(result.ok).toBe(false);
      }),
    );
  });
});

describe('random values', () => {
  it('of the tree type stay below the default depth', () => {
    fc.assert(
      fc.property(valuesOf(Tree), (tree) => decoder([Tree])(encoder([Tree])([tree as Tree])).ok),
    );
  });
});

/** T0 = record { T1; T1 }, ...: few types, 2^count values, no bytes. */
function doubling(count: number): string {
  const types = Array.from({ length: count }, (_, i) => `6c0200${byte(i + 1)}01${byte(i + 1)}`);
  return `${byte(count + 1)}${types.join('')}6c000100`;
}

/** T0 = vec T1, ..., the last `vec` of itself; before it, what refers to T1. */
function chain(count: number, first = ''): string {
  const offset = first === '' ? 0 : 1;
  const types = Array.from({ length: count }, (_, i) => {
    return `6d${sleb(offset + Math.min(i + 1, count - 1))}`;
  });
  const head = first === '' ? '' : '6a00010100';
  const value = first === '' ? '00' : '01010001 6d';
  return `${leb(count + offset)}${head}${types.join('')}0100${value}`;
}

function byte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

function leb(value: number): string {
  return value < 128 ? byte(value) : byte((value & 127) | 128) + leb(value >>> 7);
}

function sleb(value: number): string {
  return value < 64 ? byte(value) : byte((value & 127) | 128) + sleb(value >>> 7);
}

function mutate(bytes: Uint8Array, random: Iterator<number>): Uint8Array {
  const next = (): number => random.next().value as number;
  const copy = Array.from(bytes);
  for (let edits = 1 + (next() % 3); edits > 0; edits--) {
    const at = 4 + (next() % Math.max(1, copy.length - 4));
    const kind = next() % 3;
    if (kind === 0) copy[at] = next() & 255;
    else if (kind === 1) copy.splice(at, 1);
    else copy.splice(at, 0, next() & 255);
  }
  return new Uint8Array(copy);
}

function count(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + count(part), 1);
}
