import { Pairs, type Work } from './work.ts';
import type { WireFunc, WireMethod, WireType } from './wire-type.ts';

/**
 * Whether every value of `a` decodes at `b` (Candid specification, "Upgrading and Subtyping"). Only references
 * need it: their values do not show what they lead to. An `opt` takes anything, so there is no alternative to
 * go back to, and one failure settles the whole question.
 */
export function isSubtype(a: WireType, b: WireType, work: Work): boolean {
  return new Subtyping(work).holds(a, b);
}

class Subtyping {
  readonly #assumed = new Pairs<WireType, WireType>();
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  holds(a: WireType, b: WireType): boolean {
    if (a === b || b.kind === 'reserved' || b.kind === 'opt' || a.kind === 'empty') return true;
    if (a.kind === 'nat' && b.kind === 'int') return true;
    if (a.kind !== b.kind || a.kind === 'future') return false;
    if (!this.#assumed.add(a, b)) return true;
    return this.#work.step(() => this.#compare(a, b));
  }

  #compare(a: WireType, b: WireType): boolean {
    switch (a.kind) {
      case 'vec':
        return this.holds(a.inner!, b.inner!);
      case 'record':
        return this.#records(a, b);
      case 'variant':
        return this.#variants(a, b);
      case 'func':
        return this.#funcs(a.func!, b.func!);
      case 'service':
        return this.#services(a.methods!, b.methods!);
      default:
        return true;
    }
  }

  #records(a: WireType, b: WireType): boolean {
    const given = new Map(a.fields!.map(({ id, type }) => [id, type]));
    return b.fields!.every(({ id, type }) => this.#holdsIfGiven(given.get(id), type));
  }

  #variants(a: WireType, b: WireType): boolean {
    const known = new Map(b.fields!.map(({ id, type }) => [id, type]));
    return a.fields!.every(({ id, type }) => {
      const expected = known.get(id);
      return expected !== undefined && this.holds(type, expected);
    });
  }

  #funcs(a: WireFunc, b: WireFunc): boolean {
    return (
      a.modes.join() === b.modes.join() &&
      a.args.every((type, i) => this.#holdsIfGiven(b.args[i], type)) &&
      b.results.every((type, i) => this.#holdsIfGiven(a.results[i], type))
    );
  }

  #services(a: readonly WireMethod[], b: readonly WireMethod[]): boolean {
    const given = new Map(a.map(({ name, type }) => [name, type]));
    return b.every(({ name, type }) => {
      const method = given.get(name);
      return method !== undefined && this.holds(method, type);
    });
  }

  #holdsIfGiven(given: WireType | undefined, expected: WireType): boolean {
    if (given !== undefined) return this.holds(given, expected);
    return expected.kind === 'opt' || expected.kind === 'reserved';
  }
}
