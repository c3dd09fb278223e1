import { CandidError } from './error.ts';
import type { Limits } from './limits.ts';

/** Bounds the comparison of foreign types with ours: how many pairs, and how deep. */
export class Work {
  #steps: number;
  #depth: number;

  constructor(limits: Limits) {
    this.#steps = limits.fields;
    // A level of recursion passes through a few types: variant, record, vec.
    this.#depth = 2 * limits.depth;
  }

  /** Runs one step of a comparison. */
  step<T>(compare: () => T): T {
    this.#steps -= 1;
    this.#depth -= 1;
    if (this.#steps < 0) throw new CandidError('types too large to compare');
    if (this.#depth < 0) throw new CandidError('types nested too deeply');
    const result = compare();
    this.#depth += 1;
    return result;
  }
}

/** Pairs assumed equal or subtypes while they are being compared, which is what recursive types mean. */
export class Pairs<A, B> {
  readonly #pairs = new Map<A, Set<B>>();

  /** Adds the pair; `false` if it was there. */
  add(a: A, b: B): boolean {
    const known = this.#pairs.get(a);
    if (known === undefined) this.#pairs.set(a, new Set([b]));
    else if (known.has(b)) return false;
    else known.add(b);
    return true;
  }
}
