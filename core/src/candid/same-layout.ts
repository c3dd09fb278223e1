import { Pairs, type Work } from './work.ts';
import type { WireField, WireType } from './wire-type.ts';
import type { Field, Schema } from './schema.ts';

/**
 * Whether a type declared by a message is the schema's own, so that its values can be read positionally.
 * Function and service references never are: they need the subtyping rules.
 */
export function sameLayout(wire: WireType, schema: Schema, work: Work): boolean {
  return new Comparison(work).same(wire, schema);
}

class Comparison {
  readonly #assumed = new Pairs<WireType, Schema>();
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  same(wire: WireType, schema: Schema): boolean {
    if (schema.kind === 'rec' && !this.#assumed.add(wire, schema)) return true;
    return this.#work.step(() => this.#compare(wire, schema));
  }

  #compare(wire: WireType, schema: Schema): boolean {
    switch (schema.kind) {
      case 'rec':
        return this.same(wire, schema.unfold());
      case 'opt':
      case 'vec':
        return wire.kind === schema.kind && this.same(wire.inner!, schema.inner);
      case 'blob':
        return wire.kind === 'vec' && wire.inner!.kind === 'nat8';
      case 'record':
      case 'tuple':
        return wire.kind === 'record' && this.#fields(wire.fields!, schema.fields);
      case 'variant':
        return wire.kind === 'variant' && this.#fields(wire.fields!, schema.fields);
      case 'func':
      case 'service':
        return false;
      default:
        return wire.kind === schema.kind;
    }
  }

  #fields(given: readonly WireField[], expected: readonly Field[]): boolean {
    return (
      given.length === expected.length &&
      given.every(
        ({ id, type }, i) => id === expected[i]!.id && this.same(type, expected[i]!.schema),
      )
    );
  }
}
