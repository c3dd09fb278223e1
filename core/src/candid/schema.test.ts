import { describe, expect, it } from 'vitest';

import {
  bodyEncoder,
  c,
  decoder,
  DEFAULT_MAX_BYTES,
  EncodedBody,
  EncodedVec,
  encoder,
  idlHash,
  labelId,
  type Schema,
} from './index.ts';

describe('labels', () => {
  // Figures of the Candid specification and its test suite.
  it.each([
    ['', 0],
    ['id', 23_515],
    ['Ok', 17_724],
    ['Err', 3_456_837],
    ['☃', 11_272_781],
  ])('"%s" is %i on the wire', (label, id) => {
    expect(idlHash(label)).toBe(id);
    expect(labelId(label)).toBe(id);
  });

  it('of the form _n_ are the number itself', () => {
    expect(labelId('_7_')).toBe(7);
    expect(labelId('_0xff_')).toBe(255);
    expect(labelId('_4294967296_')).toBe(idlHash('_4294967296_'));
  });
});

describe('a schema', () => {
  it('is frozen, fields and all', () => {
    const schema = c.record({ a: c.text, b: c.vec(c.nat) });
    expect(Object.isFrozen(schema) && Object.isFrozen(schema.fields)).toBe(true);
    expect(schema.fields.every((field) => Object.isFrozen(field))).toBe(true);
    expect(Object.isFrozen(c.text) && Object.isFrozen(c.text({ max: 3 }))).toBe(true);
  });

  it('has a maximum, given or not', () => {
    expect(c.text.max).toBe(DEFAULT_MAX_BYTES);
    expect(c.blob({ max: 32 })).toEqual({ kind: 'blob', max: 32 });
    expect(() => c.text({ max: -1 })).toThrow(RangeError);
  });

  it('keeps its kind under a name', () => {
    expect(c.named('Name', c.text)).toEqual({
      kind: 'text',
      max: DEFAULT_MAX_BYTES,
      typeName: 'Name',
    });
    expect(() => c.named('no name', c.text)).toThrow(TypeError);
  });

  it.each<[string, () => unknown]>([
    ['opt opt', () => c.opt(c.opt(c.nat) as never)],
    ['opt null', () => c.opt(c.null as never)],
    ['opt reserved', () => c.opt(c.reserved as never)],
    ['two labels of one number', () => c.record({ _0_: c.nat, '': c.nat }).fields],
    ['the label __proto__', () => c.variant(Object.fromEntries([['__proto__', c.nat]])).fields],
    ['a recursive type made of nothing', () => bodyEncoder(vacuous)(null)],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });
});

describe('an encoder refuses', () => {
  it.each<[string, Schema, unknown]>([
    ['a negative nat', c.nat, -1n],
    ['a number for a nat', c.nat, 1],
    ['a nat beyond all measure', c.nat, 2n ** 450n],
    ['an int beyond all measure', c.int, -(2n ** 450n)],
    ['a nat64 of 65 bits', c.nat64, 2n ** 64n],
    ['an int64 of 65 bits', c.int64, 2n ** 63n],
    ['a nat8 of 256', c.nat8, 256],
    ['an int8 of 128', c.int8, 128],
    ['a fraction', c.nat32, 1.5],
    ['text for bytes', c.blob, 'text'],
    ['a text that is too long', c.text({ max: 2 }), 'abc'],
    ['a text of too many bytes', c.text({ max: 2 }), '☃'],
    ['a blob that is too long', c.blob({ max: 1 }), new Uint8Array(2)],
    ['a principal of 30 bytes', c.principal, new Uint8Array(30)],
    ['a vec that is too long', c.vec(c.nat, { max: 1 }), [1n, 2n]],
    ['a record without its field', c.record({ a: c.nat }), {}],
    ['undefined for null in an opt', c.opt(c.nat), undefined],
    ['null for a record', c.record({}), null],
    ['two alternatives', c.variant({ A: c.null, B: c.null }), { A: null, B: null }],
    ['an unknown alternative', c.variant({ A: c.null }), { B: null }],
    ['an inherited alternative', c.variant({ A: c.null }), { toString: null }],
    ['any value of type empty', c.empty, null],
  ])('%s', (_, schema, value) => {
    expect(() => bodyEncoder(schema)(value)).toThrow(
      /cannot encode|expected|not an alternative|too large/,
    );
  });

  it('and works on after it did', () => {
    const encode = encoder([c.text, c.nat]);
    expect(() => encode(['abc', -1n])).toThrow(RangeError);
    expect(decoder([c.text, c.nat])(encode(['abc', 1n]))).toEqual({
      ok: true,
      values: ['abc', 1n],
    });
  });
});

describe('what was encoded before', () => {
  const Item = c.record({ id: c.nat, name: c.text });
  const Page = c.record({ items: c.vec(Item, { max: 3 }), next: c.opt(c.nat) });
  const encodeItem = bodyEncoder(Item);
  const items = [
    { id: 1n, name: 'one' },
    { id: 2n, name: 'zwei ☃' },
  ];
  const bodies = Buffer.concat(items.map((item) => encodeItem(item)));

  it('is spliced in as elements of a vec', () => {
    const page = { items: new EncodedVec(Item, 2, bodies), next: null };
    expect(encoder([Page])([page])).toEqual(encoder([Page])([{ items, next: null }]));
  });

  it('is spliced in as a value, wherever it stands', () => {
    const [one, two] = items as [(typeof items)[0], (typeof items)[0]];
    const spliced = { items: [new EncodedBody(Item, encodeItem(one)), two], next: null };
    const page = new EncodedBody(Page, bodyEncoder(Page)({ items, next: null }));
    const expected = encoder([Page])([{ items, next: null }]);
    expect(encoder([Page])([spliced])).toEqual(expected);
    expect(encoder([Page])([page])).toEqual(expected);
    expect(encoder([c.opt(Page)])([page])).toEqual(encoder([c.opt(Page)])([{ items, next: null }]));
    const name = new EncodedBody(c.text, bodyEncoder(c.text)('one'));
    expect(encodeItem({ id: 1n, name })).toEqual(encodeItem(one));
  });

  it('is refused where another schema is expected, or too many elements are', () => {
    const other = c.record({ id: c.nat, name: c.text });
    const encode = encoder([Page]) as (values: readonly unknown[]) => Uint8Array;
    expect(() => encode([{ items: new EncodedVec(other, 2, bodies), next: null }])).toThrow(
      TypeError,
    );
    expect(() => encode([{ items: new EncodedVec(Item, 4, bodies), next: null }])).toThrow(
      RangeError,
    );
    expect(() => encode([new EncodedBody(other, encodeItem(items[0]!))])).toThrow(TypeError);
  });

  it('can be large', () => {
    const schema = c.vec(c.blob({ max: 100_000 }));
    const blobs = [new Uint8Array(100_000).fill(7), new Uint8Array([1])];
    const message = encoder([schema])([blobs]);
    expect(decoder([schema])(message)).toEqual({ ok: true, values: [blobs] });
    expect(decoder([c.nat])(encoder([c.nat])([5n]))).toEqual({ ok: true, values: [5n] });
  });
});

type Vacuous = null;
const vacuous: Schema<Vacuous> = c.rec<Vacuous>(() => vacuous);
