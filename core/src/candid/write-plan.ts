import { EncodedBody, EncodedVec } from './encoded.ts';
import { MAX_METHOD_BYTES, MAX_PRINCIPAL_BYTES } from './limits.ts';
import { primitiveWriter } from './write-primitive.ts';
import { putText } from './text.ts';
import { putLeb, type Writer } from './writer.ts';
import type { Field, FuncValue, Schema } from './schema.ts';

/** Writes one value. Throws `TypeError` or `RangeError` on a value that is not of the schema: a caller's bug. */
export type Write = (w: Writer, value: unknown) => void;

const plans = new WeakMap<Schema, Write>();

/** The writer of a schema, made once: a closure per node, so that encoding takes one call per value. */
export function writePlan(schema: Schema): Write {
  let plan = plans.get(schema);
  if (plan === undefined) {
    plan = compile(schema);
    plans.set(schema, plan);
  }
  return plan;
}

function compile(schema: Schema): Write {
  switch (schema.kind) {
    case 'text':
      return textWriter(schema, schema.max);
    case 'blob':
      return (w, value) => putBytes(w, value, schema.max);
    case 'principal':
      return putPrincipal;
    case 'opt':
      return optWriter(writePlan(schema.inner));
    case 'vec':
      return vecWriter(schema, schema.inner, schema.max);
    case 'record':
    case 'tuple':
      return recordWriter(schema, schema.fields);
    case 'variant':
      return variantWriter(schema, schema.fields);
    case 'rec':
      return recWriter(schema, schema.unfold);
    case 'func':
      return putFunc;
    case 'service':
      return putPrincipal;
    default:
      return primitiveWriter(schema.kind);
  }
}

function textWriter(schema: Schema, max: number): Write {
  return (w, value) => {
    if (typeof value === 'string') putText(w, value, max);
    else splice(w, value, schema);
  };
}

function optWriter(inner: Write): Write {
  return (w, value) => {
    if (value === null) {
      w.byte(0);
    } else {
      w.byte(1);
      inner(w, value);
    }
  };
}

function vecWriter(schema: Schema, element: Schema, max: number): Write {
  const inner = writePlan(element);
  return (w, value) => {
    if (value instanceof EncodedVec) {
      if (value.element !== element)
        throw new TypeError('the encoded elements are of another type');
      checkLength(value.count, max);
      putLeb(w, value.count);
      for (let i = 0; i < value.runs.length; i++) w.put(value.runs[i]!);
    } else if (Array.isArray(value)) {
      const { length } = value;
      checkLength(length, max);
      putLeb(w, length);
      for (let i = 0; i < length; i++) inner(w, value[i]);
    } else {
      splice(w, value, schema);
    }
  };
}

function recordWriter(schema: Schema, fields: readonly Field[]): Write {
  const keys = fields.map(({ key }) => key);
  const writers = fields.map((field) => writePlan(field.schema));
  const count = keys.length;
  return (w, value) => {
    if (!isObject(value) || value instanceof EncodedBody) return splice(w, value, schema);
    for (let i = 0; i < count; i++) writers[i]!(w, value[keys[i]!]);
  };
}

function variantWriter(schema: Schema, fields: readonly Field[]): Write {
  interface Alternative {
    readonly index: number;
    readonly write: Write;
  }
  const alternatives = Object.create(null) as Record<string, Alternative>;
  fields.forEach((field, index) => {
    alternatives[field.label] = { index, write: writePlan(field.schema) };
  });
  return (w, value) => {
    if (!isObject(value) || value instanceof EncodedBody) return splice(w, value, schema);
    const labels = Object.keys(value);
    const alternative = alternatives[labels[0]!];
    if (labels.length !== 1 || alternative === undefined) {
      throw new TypeError(`not an alternative of the variant: { ${labels.join(', ')} }`);
    }
    putLeb(w, alternative.index);
    alternative.write(w, value[labels[0]!]);
  };
}

function recWriter(schema: Schema, unfold: () => Schema): Write {
  // Known before its definition is compiled, which refers to it.
  const write: Write = (w, value) => inner(w, value);
  plans.set(schema, write);
  const inner = writePlan(unfold());
  return write;
}

function putPrincipal(w: Writer, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw new TypeError('expected the bytes of a principal');
  const { length } = value;
  checkLength(length, MAX_PRINCIPAL_BYTES);
  w.reserve(2 + length);
  const { bytes, pos } = w;
  bytes[pos] = 1;
  bytes[pos + 1] = length;
  bytes.set(value, pos + 2);
  w.pos = pos + 2 + length;
}

function putFunc(w: Writer, value: unknown): void {
  const { principal, method } = value as FuncValue;
  w.byte(1);
  putPrincipal(w, principal);
  putText(w, method, MAX_METHOD_BYTES);
}

function putBytes(w: Writer, value: unknown, max: number): void {
  if (!(value instanceof Uint8Array)) throw new TypeError('expected bytes');
  checkLength(value.length, max);
  putLeb(w, value.length);
  w.put(value);
}

function splice(w: Writer, value: unknown, schema: Schema): void {
  if (!(value instanceof EncodedBody))
    throw new TypeError(`cannot encode ${typeof value} as ${schema.kind}`);
  if (value.schema !== schema) throw new TypeError(`the encoded ${schema.kind} is of another type`);
  w.put(value.bytes);
}

function checkLength(length: number, max: number): void {
  if (length > max)
    throw new RangeError(`cannot encode ${length} where at most ${max} are allowed`);
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
