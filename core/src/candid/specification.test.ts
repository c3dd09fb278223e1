import { describe, expect, it } from 'vitest';

import { c, decoder, type Schema } from './index.ts';

/**
 * The decoding rules of the Candid specification, clause by clause, on bytes written by hand: `DIDL`, then the
 * hexadecimal given. `REFUSED` stands for a message that does not decode.
 */
const REFUSED = Symbol('refused');
type Case = readonly [clause: string, hex: string, args: readonly Schema[], values: unknown];

type Rose = readonly Rose[];
const Rose: Schema<Rose> = c.rec<Rose>(() => c.vec(Rose));
interface Cons {
  readonly head: bigint;
  readonly tail: Cons | null;
}
const Cons: Schema<Cons> = c.rec<Cons>(() => c.record({ head: c.int, tail: c.opt(Cons) }));
const noArgs = c.func([], []);
const bytes = (...items: number[]): Uint8Array => new Uint8Array(items);
const method = { principal: bytes(), method: 'm' };

const primitives: readonly Case[] = [
  ['no arguments', '0000', [], []],
  ['bytes left over', '000000', [], REFUSED],
  ['padded counts', '800000', [], []],
  ['extra arguments are ignored', '00017f', [], []],
  ['constructors need the table', '00016e', [], REFUSED],
  ['unknown opcode', '00015e', [], REFUSED],
  ['null', '00017f', [c.null], [null]],
  ['null is not optional', '0000', [c.null], REFUSED],
  ['bool', '00017e01', [c.bool], [true]],
  ['bool out of range', '00017e02', [c.bool], REFUSED],
  ['bool missing', '00017e', [c.bool], REFUSED],
  ['nat of two bytes', '00017d8001', [c.nat], [128n]],
  ['nat padded', '00017dff00', [c.nat], [127n]],
  ['nat cut short', '00017d80', [c.nat], REFUSED],
  ['nat beyond 53 bits', '00017d808098f4e9b5ca6a', [c.nat], [60_000_000_000_000_000n]],
  ['nat padded beyond all measure', `00017d${'80'.repeat(70)}00`, [c.nat], REFUSED],
  ['int -1', '00017c7f', [c.int], [-1n]],
  ['int -64', '00017c40', [c.int], [-64n]],
  ['int padded with ones', '00017cff7f', [c.int], [-1n]],
  ['int 127', '00017cff00', [c.int], [127n]],
  ['int -128', '00017c807f', [c.int], [-128n]],
  ['int beyond 53 bits', '00017c8080e88b96cab5957f', [c.int], [-60_000_000_000_000_000n]],
  ['nat is an int', '00017dff7f', [c.int], [16_383n]],
  ['int is no nat', '00017c01', [c.nat], REFUSED],
  ['nat8 is no nat', '00017b01', [c.nat], REFUSED],
  ['nat16', '00017aff00', [c.nat16], [255]],
  ['nat32', '000179ffffffff', [c.nat32], [4_294_967_295]],
  ['nat64', '000178ffffffffffffffff', [c.nat64], [18_446_744_073_709_551_615n]],
  ['nat64 cut short', '000178ffffffffffffff', [c.nat64], REFUSED],
  ['int8', '000177ff', [c.int8], [-1]],
  ['int16', '000176ffff', [c.int16], [-1]],
  ['int32', '000175ffffffff', [c.int32], [-1]],
  ['int64', '000174ffffffffffffffff', [c.int64], [-1n]],
  ['float64', '0001720000000000000840', [c.float64], [3]],
  ['text', '00017103e29883', [c.text], ['☃']],
  ['text with a byte order mark', '00017103efbbbf', [c.text], ['\ufeff']],
  ['text that is not UTF-8', '00017103e228a1', [c.text], REFUSED],
  ['text cut short', '00017107' + '61'.repeat(6), [c.text], REFUSED],
  ['reserved takes anything', '00017106' + '61'.repeat(6), [c.reserved], [null]],
  ['reserved takes float32', '00017300004040', [c.reserved], [null]],
  ['reserved needs no argument', '0000', [c.reserved], [null]],
  ['empty has no values', '00016f', [c.empty], REFUSED],
  ['principal', '00016801 03caffee', [c.principal], [bytes(0xca, 0xff, 0xee)]],
  ['management canister', '0001680100', [c.principal], [bytes()]],
  ['opaque principal', '00016800', [c.principal], REFUSED],
  ['principal of 30 bytes', `000168011e${'00'.repeat(30)}`, [c.principal], REFUSED],
];

const table: readonly Case[] = [
  ['unused type', '016e6f00', [], []],
  ['repeated types', '026e6f6e6f00', [], []],
  ['recursive type', '016e0000', [], []],
  ['vacuous type', '010000', [], REFUSED],
  ['type out of range', '016e0100', [], REFUSED],
  ['argument out of range', '000100', [], REFUSED],
  ['primitive in the table', '017f00', [], REFUSED],
  ['principal in the table', '016800', [], REFUSED],
  ['table cut short', '026e6f', [], REFUSED],
  ['fields in disorder', '016c02017c007e01002a01', [c.record({})], REFUSED],
  ['fields repeated', '016c02007c007e01002a01', [c.record({})], REFUSED],
  ['field beyond 32 bits', '016c0180e497d0127c01002a', [c.record({})], REFUSED],
  ['alternatives repeated', '016b02007f007f010000', [c.variant({ _0_: c.null })], REFUSED],
  ['future type, skipped', '0167020102 0100 03 00 616263', [], []],
  ['future type at opt', '0167020102 0100 03 00 616263', [c.opt(c.nat)], [null]],
  ['future type at nat', '0167020102 0100 03 00 616263', [c.nat], REFUSED],
];

const options: readonly Case[] = [
  ['null', '016e7c010000', [c.opt(c.int)], [null]],
  ['value', '016e7c0100012a', [c.opt(c.int)], [42n]],
  ['neither', '016e7c0100022a', [c.opt(c.int)], REFUSED],
  ['null of type null', '00017f', [c.opt(c.bool)], [null]],
  ['reserved', '000170', [c.opt(c.nat)], [null]],
  ['missing argument', '0000', [c.opt(c.bool)], [null]],
  ['bare value', '00017e01', [c.opt(c.bool)], [true]],
  ['bare value, malformed', '00017e02', [c.opt(c.bool)], REFUSED],
  ['value of another type', '016e7e01000101', [c.opt(c.nat)], [null]],
  ['value of another type, malformed', '016e7e01000102', [c.opt(c.nat)], REFUSED],
  ['bare value of another type', '00017101 61', [c.opt(c.nat)], [null]],
  ['nested opt', '026e016e7e0100010101', [c.opt(c.nat)], [null]],
  [
    'alternative of another type',
    '026e016b01007e0100010001',
    [c.opt(c.variant({ _0_: c.int }))],
    [null],
  ],
  ['unknown alternative', '026e016b01017f01000100', [c.opt(c.variant({ _0_: c.null }))], [null]],
  [
    'unknown alternative, not taken',
    '026e016b02007f017f01000100',
    [c.opt(c.variant({ _0_: c.null }))],
    [{ _0_: null }],
  ],
  [
    'unknown alternative within a vec',
    '036e016d026b02007f017f0100010200 01',
    [c.opt(c.vec(c.variant({ _0_: c.null })))],
    [null],
  ],
];

const compounds: readonly Case[] = [
  ['empty vec of anything', '016d7c010000', [c.vec(c.int8)], [[]]],
  ['vec', '016d7c0100020102', [c.vec(c.int)], [[1n, 2n]]],
  ['vec of another type', '016d7c0100020102', [c.vec(c.bool)], REFUSED],
  ['vec of nat as int', '016d7d0100020102', [c.vec(c.int)], [[1n, 2n]]],
  ['vec cut short', '016d7c01000201', [c.vec(c.int)], REFUSED],
  ['blob', '016d7b0100020102', [c.blob], [bytes(1, 2)]],
  ['blob as vec nat8', '016d7b0100020102', [c.vec(c.nat8)], [[1, 2]]],
  ['blob as vec opt nat8', '016d7b0100020102', [c.vec(c.opt(c.nat8))], [[1, 2]]],
  ['empty vec as blob', '016d7c010000', [c.blob], [bytes()]],
  ['recursive vec', '016d0001000200 00', [Rose], [[[], []]]],
  ['recursive vec, unrolled', '026d016d0001000200 00', [Rose], [[[], []]]],
  ['record', '016c01017c01002a', [c.record({ _1_: c.int })], [{ _1_: 42n }]],
  ['field of opt type', '016c01017c01002a', [c.record({ _1_: c.opt(c.int) })], [{ _1_: 42n }]],
  ['field ignored', '016c01017c01002a', [c.record({})], [{}]],
  ['field missing', '016c01017c01002a', [c.record({ _2_: c.int })], REFUSED],
  ['null field missing', '016c000100', [c.record({ _2_: c.null })], REFUSED],
  ['opt field missing', '016c01017c01002a', [c.record({ _2_: c.opt(c.int) })], [{ _2_: null }]],
  ['reserved field missing', '016c000100', [c.record({ _2_: c.reserved })], [{ _2_: null }]],
  [
    'named fields',
    '016c02d3e3aa027e868eb7027c0100012a',
    [c.record({ foo: c.int, bar: c.bool })],
    [{ foo: 42n, bar: true }],
  ],
  ['unicode field', '016c01cd84b0057f0100', [c.record({ '☃': c.null })], [{ '☃': null }]],
  ['tuple', '016c02007c017e01002a01', [c.tuple(c.int, c.bool)], [[42n, true]]],
  ['shorter tuple', '016c02007c017e01002a01', [c.tuple(c.int)], [[42n]]],
  ['longer tuple', '016c01007c01002a', [c.tuple(c.int, c.opt(c.bool))], [[42n, null]]],
  ['infinite record', '016c0100000100', [c.reserved], REFUSED],
  ['variant of nothing', '016b000100', [c.reserved], REFUSED],
  ['alternative', '016b01007f010000', [c.variant({ _0_: c.null, _1_: c.null })], [{ _0_: null }]],
  [
    'alternative with another index',
    '016b01017f010000',
    [c.variant({ _0_: c.null, _1_: c.null })],
    [{ _1_: null }],
  ],
  ['alternative out of range', '016b01007f010001', [c.variant({ _0_: c.null })], REFUSED],
  ['alternative unknown', '016b01007f010000', [c.variant({ _1_: c.null })], REFUSED],
  [
    'other type in an alternative not taken',
    '016b02007f017c0100012a',
    [c.variant({ _0_: c.int, _1_: c.int })],
    [{ _1_: 42n }],
  ],
  [
    'largest label',
    '016b0300 7f017fffffffff0f7f010002',
    [c.variant({ _0_: c.null, _4294967295_: c.null })],
    [{ _4294967295_: null }],
  ],
  [
    'list',
    '026e016c02a0d2aca8047c90eddae704000100 0101 0102 0103 00',
    [c.opt(Cons)],
    [{ head: 1n, tail: { head: 2n, tail: { head: 3n, tail: null } } }],
  ],
];

const references: readonly Case[] = [
  ['func', '016a0000000100 01 0100 016d', [noArgs], [method]],
  ['func, wrong tag', '016a0000000100 00 0100 016d', [noArgs], REFUSED],
  ['func: unknown annotation', '016a000001040100010100016d', [noArgs], REFUSED],
  ['service', '016900010001 03caffee', [c.service({})], [bytes(0xca, 0xff, 0xee)]],
  ['service without the method', '016900010001 03caffee', [c.service({ foo: noArgs })], REFUSED],
  [
    'service with more methods',
    '026a0000006901 03666f6f00 0101 0103caffee',
    [c.service({})],
    [bytes(0xca, 0xff, 0xee)],
  ],
  [
    'service: methods in disorder',
    '026a0000006902016200016100 0101 0100',
    [c.service({})],
    REFUSED,
  ],
  [
    'service: method that is no function',
    '026e7e6901 03666f6f00 0101 0100',
    [c.service({})],
    REFUSED,
  ],
  ['principal is no service', '00016801 03caffee', [c.service({})], REFUSED],
];

/** `func () -> (t1)` at `opt func () -> (t2)` is null unless t1 is a subtype of t2. */
const subtypes: readonly (readonly [clause: string, t1: string, t2: Schema, holds: boolean])[] = [
  ['null <: null', '7f', c.null, true],
  ['nat <: int', '7d', c.int, true],
  ['int </: nat', '7c', c.nat, false],
  ['nat </: nat8', '7d', c.nat8, false],
  ['nat <: opt bool', '7d', c.opt(c.bool), true],
  ['empty <: nat', '6f', c.nat, true],
  ['nat <: reserved', '7d', c.reserved, true],
  ['opt bool <: opt nat', '01:6e7e', c.opt(c.nat), true],
  ['vec nat <: vec int', '01:6d7d', c.vec(c.int), true],
  ['vec nat8 <: blob', '01:6d7b', c.blob, true],
  ['vec int </: blob', '01:6d7c', c.blob, false],
  ['record {} <: record { a : opt empty }', '01:6c00', c.record({ a: c.opt(c.empty) }), true],
  ['record {} <: record { a : reserved }', '01:6c00', c.record({ a: c.reserved }), true],
  ['record {} </: record { a : nat }', '01:6c00', c.record({ a: c.nat }), false],
  ['record {} </: record { a : null }', '01:6c00', c.record({ a: c.null }), false],
  ['record { 0 : nat } <: record {}', '01:6c01007d', c.record({}), true],
  [
    'variant { 0 : nat } <: variant { 0 : nat; 1 }',
    '01:6b01007d',
    c.variant({ _0_: c.nat, _1_: c.null }),
    true,
  ],
  ['variant { 0 : bool } </: variant { 0 : nat }', '01:6b01007e', c.variant({ _0_: c.nat }), false],
  [
    'variant { 0 : bool } </: variant { 1 : bool }',
    '01:6b01007e',
    c.variant({ _1_: c.bool }),
    false,
  ],
  ['func () -> () <: func () -> (opt nat)', '01:6a000000', c.func([], [c.opt(c.nat)]), true],
  ['func () -> () </: func () -> (nat)', '01:6a000000', c.func([], [c.nat]), false],
  ['func (reserved) -> () <: func () -> ()', '01:6a01700000', noArgs, true],
  ['func (nat) -> () </: func () -> ()', '01:6a017d0000', noArgs, false],
  ['func (int) -> () <: func (nat) -> ()', '01:6a017c0000', c.func([c.nat], []), true],
  ['func (nat) -> () </: func (int) -> ()', '01:6a017d0000', c.func([c.int], []), false],
  ['query </: update', '01:6a00000101', noArgs, false],
  ['query <: query', '01:6a00000101', c.func([], [], 'query'), true],
  ['infinite vec <: infinite vec', '01:6d01', Rose, true],
  ['infinite vec </: empty', '01:6d01', c.empty, false],
  ['infinite record </: infinite vec', '01:6c010001', Rose, false],
  ['future type <: opt empty', '01:6700', c.opt(c.empty), true],
  ['future type </: nat', '01:6700', c.nat, false],
];

describe.each([
  ['primitive types', primitives],
  ['the type table', table],
  ['opt', options],
  ['compound types', compounds],
  ['references', references],
])('decoding %s', (_, cases) => {
  it.each(cases)('%s', (_clause, hex, args, values) => {
    const result = decoder(args)(message(hex));
    expect(result.ok ? result.values : REFUSED).toEqual(values);
  });
});

describe('subtypes, as function references show them', () => {
  it.each(subtypes)('%s', (_clause, t1, t2, holds) => {
    const [index, entry] = t1.includes(':') ? t1.split(':') : [t1, ''];
    const header = `${entry === '' ? '01' : '02'}6a0001${index}00${entry}`;
    const result = decoder([c.opt(c.func([], [t2]))])(message(`${header}0100 01 01 00 01 6d`));
    expect(result).toEqual({ ok: true, values: [holds ? method : null] });
  });
});

function message(hex: string): Uint8Array {
  const digits = hex.replaceAll(' ', '');
  if (!/^([0-9a-f]{2})*$/.test(digits)) throw new TypeError(`not hexadecimal: ${hex}`);
  return new Uint8Array(Buffer.from(`4449444c${digits}`, 'hex'));
}
