import { mismatch } from './coerce-container.ts';
import { alternativeReader, readPlan, type Read } from './read-plan.ts';
import { skip } from './skip.ts';
import type { Coercion } from './coercion.ts';
import type { Reader } from './reader.ts';
import type { Field, RecordNode, Schema, TupleNode, VariantNode } from './schema.ts';
import type { WireField, WireType } from './wire-type.ts';

/** Reads or skips one field of a declared record. */
type Step = (r: Reader, into: Record<string | number, unknown>) => void;

/** Reads a record: fields of ours it lacks are `null` if their type allows, fields it has besides are skipped. */
export function coerceRecord(
  coercion: Coercion,
  wire: WireType,
  schema: Schema & (RecordNode | TupleNode),
): Read | null {
  if (wire.kind !== 'record') return null;
  const given = wire.fields!;
  const missing = schema.fields.filter(({ id }) => !given.some((field) => field.id === id));
  if (missing.some((field) => !mayBeMissing(field.schema))) return null;

  let exact = given.length === schema.fields.length;
  const steps: Step[] = [];
  for (const { id, type } of given) {
    const field = schema.fields.find((candidate) => candidate.id === id);
    if (field === undefined) {
      exact = false;
      steps.push((r) => skip(r, type));
      continue;
    }
    const read = coercion.plan(type, field.schema);
    if (read === null) return null;
    exact &&= read === readPlan(field.schema);
    const { key } = field;
    steps.push((r, into) => {
      into[key] = read(r);
    });
  }
  return exact ? readPlan(schema) : recordReader(steps, missing, schema.kind === 'tuple');
}

/** Reads a variant by the numbers its alternatives have in the message. */
export function coerceVariant(
  coercion: Coercion,
  wire: WireType,
  schema: Schema & VariantNode,
): Read | null {
  if (wire.kind !== 'variant') return null;
  const given = wire.fields!;
  let exact = given.length === schema.fields.length;
  const alternatives = given.map(({ id, type }: WireField, index): Read => {
    const field = schema.fields.find((candidate) => candidate.id === id);
    const read = field === undefined ? null : coercion.plan(type, field.schema);
    if (field === undefined || read === null) {
      exact = false;
      return mismatch;
    }
    exact &&= read === readPlan(field.schema) && schema.fields[index] === field;
    return alternativeReader(field.label, read, field.schema);
  });
  if (exact) return readPlan(schema);
  return (r) => {
    r.charge(1);
    const alternative = alternatives[r.leb()] ?? r.fail('variant has no such alternative');
    return alternative(r);
  };
}

/** Whether a record or argument list without a value of `schema` still decodes: as `null`. */
export function mayBeMissing({ kind }: Schema): boolean {
  return kind === 'opt' || kind === 'reserved';
}

function recordReader(steps: readonly Step[], missing: readonly Field[], isTuple: boolean): Read {
  return (r) => {
    r.charge(1 + steps.length);
    const value = (isTuple ? [] : {}) as Record<string | number, unknown>;
    for (const step of steps) step(r, value);
    for (const { key } of missing) value[key] = null;
    return value;
  };
}
