import { MismatchError } from './error.ts';
import { readBool } from './read-primitive.ts';
import { readPlan, type Read } from './read-plan.ts';
import { skip } from './skip.ts';
import { weightOf } from './weight.ts';
import type { Reader } from './reader.ts';
import type { Coercion } from './coercion.ts';
import type { BlobNode, OptNode, Schema, VecNode } from './schema.ts';
import type { WireType } from './wire-type.ts';

/** What a recovered mismatch counts as, in values: throwing costs as much as reading twenty. */
const RECOVERY = 20;

/** Refuses: a message cannot hold a value of type empty. */
export const failEmpty: Read = (r) => r.fail('a value of type empty');

/** Gives up on a value whose type does not fit; the nearest opt around it becomes `null`. */
export function mismatch(r: Reader): never {
  throw new MismatchError(`incompatible type at ${r.pos}`);
}

/** Reads anything as opt; what does not fit is `null`. */
export function coerceOpt(coercion: Coercion, wire: WireType, schema: Schema & OptNode): Read {
  if (wire.kind === 'null' || wire.kind === 'reserved') return () => null;
  if (wire.kind !== 'opt') return orNull(coercion.plan(wire, schema.inner), wire, schema.inner);
  const inner = coercion.plan(wire.inner!, schema.inner);
  if (inner === readPlan(schema.inner)) return readPlan(schema);
  const value = orNull(inner, wire.inner!, schema.inner);
  return (r) => (readBool(r) ? value(r) : null);
}

/** Reads a vector element by element, unless the elements are ours. */
export function coerceVec(
  coercion: Coercion,
  wire: WireType,
  schema: Schema & VecNode,
): Read | null {
  if (wire.kind !== 'vec') return null;
  const inner = coercion.plan(wire.inner!, schema.inner) ?? mismatch;
  if (inner === readPlan(schema.inner)) return readPlan(schema);
  const weight = weightOf(schema.inner);
  return (r) => {
    const length = r.leb();
    if (length > schema.max) r.fail(`vec of more than ${schema.max} elements`);
    r.charge(length * weight);
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items[i] = inner(r);
    return items;
  };
}

/** Reads a blob; of vectors of other types only the empty one is one. */
export function coerceBlob(wire: WireType, schema: Schema & BlobNode): Read | null {
  if (wire.kind !== 'vec') return null;
  if (wire.inner!.kind === 'nat8') return readPlan(schema);
  return (r) => (r.leb() === 0 ? new Uint8Array(0) : mismatch(r));
}

/** Passes over a value and gives `null`. */
export function skipped(wire: WireType): Read {
  return (r) => {
    skip(r, wire);
    return null;
  };
}

function orNull(inner: Read | null, wire: WireType, schema: Schema): Read {
  if (inner === null) return skipped(wire);
  if (inner === readPlan(schema)) return inner;
  return (r) => {
    const { pos, depth } = r;
    try {
      return inner(r);
    } catch (error) {
      if (!(error instanceof MismatchError)) throw error;
      r.charge(RECOVERY);
      r.pos = pos;
      r.depth = depth;
      skip(r, wire);
      return null;
    }
  };
}
