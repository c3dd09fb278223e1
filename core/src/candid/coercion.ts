import { coerceRecord, coerceVariant } from './coerce-fields.ts';
import {
  coerceBlob,
  coerceOpt,
  coerceVec,
  failEmpty,
  mismatch,
  skipped,
} from './coerce-container.ts';
import { readPlan, type Read } from './read-plan.ts';
import { Reader, readNat } from './reader.ts';
import { sameLayout } from './same-layout.ts';
import { isSubtype } from './subtype.ts';
import { typeHeader } from './type-table.ts';
import { readWireTable } from './wire-table.ts';
import { Work } from './work.ts';
import type { Limits } from './limits.ts';
import type { Schema } from './schema.ts';
import type { WireType } from './wire-type.ts';

/**
 * Plans how to read values of the types a message declares as values of ours, by the rules of Candid's
 * subtyping. Where both are the same the plan is the schema's own `readPlan`, as fast as for our own messages.
 */
export class Coercion {
  readonly #limits: Limits;
  readonly #work: Work;
  readonly #recursive = new Map<WireType, Map<Schema, Read>>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#work = new Work(limits);
  }

  /** The reader of `wire` as `schema`, or `null` if no value of `wire` is one of `schema`. */
  plan(wire: WireType, schema: Schema): Read | null {
    return this.#work.step(() => this.#plan(wire, schema));
  }

  #plan(wire: WireType, schema: Schema): Read | null {
    if (wire.kind === 'empty') return failEmpty;
    switch (schema.kind) {
      case 'reserved':
        return skipped(wire);
      case 'opt':
        return coerceOpt(this, wire, schema);
      case 'vec':
        return coerceVec(this, wire, schema);
      case 'blob':
        return coerceBlob(wire, schema);
      case 'record':
      case 'tuple':
        return coerceRecord(this, wire, schema);
      case 'variant':
        return coerceVariant(this, wire, schema);
      case 'rec':
        return this.#rec(wire, schema, schema.unfold);
      case 'func':
      case 'service':
        return this.#refersTo(wire, schema) ? readPlan(schema) : null;
      case 'int':
        return wire.kind === 'nat' ? readNat : this.#exact(wire, schema);
      default:
        return this.#exact(wire, schema);
    }
  }

  #exact(wire: WireType, schema: Schema): Read | null {
    return wire.kind === schema.kind ? readPlan(schema) : null;
  }

  #rec(wire: WireType, schema: Schema, unfold: () => Schema): Read | null {
    if (sameLayout(wire, schema, this.#work)) return readPlan(schema);
    const plans = this.#recursive.get(wire) ?? new Map<Schema, Read>();
    this.#recursive.set(wire, plans);
    const known = plans.get(schema);
    if (known !== undefined) return known;
    let inner: Read | null = null;
    const read: Read = (r) => {
      if (inner === null) return mismatch(r);
      r.enter();
      r.charge(1);
      const value = inner(r);
      r.leave();
      return value;
    };
    // Known before the definition is planned, which refers to it.
    plans.set(schema, read);
    inner = this.plan(wire, unfold());
    return inner === null ? null : read;
  }

  #refersTo(wire: WireType, schema: Schema): boolean {
    const own = new Reader(typeHeader([schema]), 0, this.#limits);
    const [expected] = readWireTable(own, this.#limits);
    return isSubtype(wire, expected!, this.#work);
  }
}
