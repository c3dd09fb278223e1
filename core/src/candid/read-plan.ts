import { MAX_METHOD_BYTES, MAX_PRINCIPAL_BYTES } from './limits.ts';
import { primitiveReader } from './read-primitive.ts';
import { decodeText } from './text.ts';
import { weightOf } from './weight.ts';
import type { Reader } from './reader.ts';
import type { Field, FuncValue, Schema } from './schema.ts';

/** Reads one value, or throws `CandidError`. */
export type Read = (r: Reader) => unknown;

const plans = new WeakMap<Schema, Read>();

/**
 * The reader of a schema's own layout, made once: a closure per node. Work is accounted for where it can
 * multiply, at vectors and at recursive types, so that the other values cost nothing to count.
 */
export function readPlan(schema: Schema): Read {
  let plan = plans.get(schema);
  if (plan === undefined) {
    plan = compile(schema);
    plans.set(schema, plan);
  }
  return plan;
}

function compile(schema: Schema): Read {
  switch (schema.kind) {
    case 'text':
      return textReader(schema.max);
    case 'blob':
      return blobReader(schema.max);
    case 'principal':
    case 'service':
      return readPrincipal;
    case 'func':
      return readFunc;
    case 'opt':
      return optReader(readPlan(schema.inner));
    case 'vec':
      return vecReader(readPlan(schema.inner), weightOf(schema.inner), schema.max);
    case 'record':
    case 'tuple':
      return recordReader(schema.fields, schema.kind === 'tuple');
    case 'variant':
      return variantReader(schema.fields);
    case 'rec':
      return recReader(schema, schema.unfold);
    default:
      return primitiveReader(schema.kind);
  }
}

function textReader(max: number): Read {
  return (r) => {
    const length = r.leb();
    if (length > max) r.fail(`text of more than ${max} bytes`);
    const start = r.skip(length);
    // 400 instructions a byte.
    if (length > 63) r.charge(length >> 6);
    return decodeText(r.bytes, start, r.pos);
  };
}

/** Copies: a view kept in a cache would hold the whole message in memory. */
function blobReader(max: number): (r: Reader) => Uint8Array {
  return (r) => {
    const length = r.leb();
    if (length > max) r.fail(`blob of more than ${max} bytes`);
    const start = r.skip(length);
    return r.bytes.slice(start, r.pos);
  };
}

const readMethod = textReader(MAX_METHOD_BYTES) as (r: Reader) => string;

/** In most messages the commonest type, hence without calls: 1, the length, the bytes. */
function readPrincipal(r: Reader): Uint8Array {
  const { bytes, pos } = r;
  if (bytes[pos] !== 1) r.fail('no transparent reference');
  const length = bytes[pos + 1]!;
  if (!(length <= MAX_PRINCIPAL_BYTES))
    r.fail(`no principal of at most ${MAX_PRINCIPAL_BYTES} bytes`);
  const start = r.skip(2 + length) + 2;
  return bytes.slice(start, r.pos);
}

function readFunc(r: Reader): FuncValue {
  if (r.byte() !== 1) r.fail('opaque reference');
  return { principal: readPrincipal(r), method: readMethod(r) };
}

function optReader(inner: Read): Read {
  return (r) => {
    const tag = r.bytes[r.pos++];
    if (tag === 0) return null;
    if (tag !== 1) r.fail('opt is neither null nor a value');
    return inner(r);
  };
}

function vecReader(inner: Read, weight: number, max: number): Read {
  return (r) => {
    const length = r.leb();
    if (length > max) r.fail(`vec of more than ${max} elements`);
    r.charge(length * weight);
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items[i] = inner(r);
    return items;
  };
}

function recordReader(fields: readonly Field[], isTuple: boolean): Read {
  const keys = fields.map(({ key }) => key);
  const readers = fields.map(({ schema }) => readPlan(schema));
  const count = keys.length;
  return (r) => {
    const value = (isTuple ? [] : {}) as Record<string | number, unknown>;
    for (let i = 0; i < count; i++) value[keys[i]!] = readers[i]!(r);
    return value;
  };
}

function variantReader(fields: readonly Field[]): Read {
  const alternatives = fields.map(({ label, schema }) =>
    alternativeReader(label, readPlan(schema), schema),
  );
  return (r) => {
    const alternative = alternatives[r.leb()] ?? r.fail('variant has no such alternative');
    return alternative(r);
  };
}

/** Reads an alternative's payload; alternatives without one are all the same frozen object. */
export function alternativeReader(label: string, read: Read, { kind }: Schema): Read {
  if (kind !== 'null') return (r) => ({ [label]: read(r) });
  const value = Object.freeze({ [label]: null });
  return (r) => {
    read(r);
    return value;
  };
}

function recReader(schema: Schema, unfold: () => Schema): Read {
  const read: Read = (r) => {
    r.enter();
    r.charge(weight);
    const value = inner(r);
    r.leave();
    return value;
  };
  // Known before its definition is compiled, which refers to it.
  plans.set(schema, read);
  const inner = readPlan(unfold());
  const weight = weightOf(unfold());
  return read;
}
