import { mayBeMissing } from './coerce-fields.ts';
import { Coercion } from './coercion.ts';
import { skip } from './skip.ts';
import { latin1 } from './text.ts';
import { readWireTable } from './wire-table.ts';
import type { Limits } from './limits.ts';
import type { Read } from './read-plan.ts';
import type { Reader } from './reader.ts';
import type { Schema } from './schema.ts';
import type { WireType } from './wire-type.ts';

/** Layouts remembered per decoder. A caller's language has one each, so a few serve all. */
const KEPT_LAYOUTS = 8;
/** Longer headers are planned anew each time: nobody else's memory for a stranger's types. */
const KEPT_BYTES = 2_048;

interface Layout {
  readonly header: string;
  readonly steps: readonly Read[];
}

/**
 * Decodes messages whose type table is not the one we would write, and remembers how. The oldest layout makes
 * room for a new one, so that nobody can fill the memory for good.
 */
export class ForeignLayouts {
  readonly #args: readonly Schema[];
  readonly #limits: Limits;
  readonly #layouts: Layout[] = [];
  #longest = 0;

  constructor(args: readonly Schema[], limits: Limits) {
    this.#args = args;
    this.#limits = limits;
  }

  /** Reads the header and the arguments. */
  read(r: Reader): unknown[] {
    const known = this.#find(r.bytes);
    if (known !== undefined) {
      r.pos = known.header.length;
      return run(known.steps, r, this.#args.length);
    }
    const types = readWireTable(r, this.#limits);
    const header = r.pos <= KEPT_BYTES ? latin1(r.bytes, 0, r.pos) : null;
    const steps = this.#plan(types, r);
    const values = run(steps, r, this.#args.length);
    if (header !== null) this.#keep({ header, steps });
    return values;
  }

  #find(bytes: Uint8Array): Layout | undefined {
    const start = latin1(bytes, 0, Math.min(this.#longest, bytes.length));
    return this.#layouts.find(({ header }) => start.startsWith(header));
  }

  #keep(layout: Layout): void {
    if (this.#layouts.length === KEPT_LAYOUTS) this.#layouts.shift();
    this.#layouts.push(layout);
    this.#longest = Math.max(...this.#layouts.map(({ header }) => header.length));
  }

  /** One reader per argument of ours, then one per argument to skip. */
  #plan(types: readonly WireType[], r: Reader): Read[] {
    const coercion = new Coercion(this.#limits);
    const ours = this.#args.map((schema, index): Read => {
      const wire = types[index];
      if (wire === undefined) {
        return mayBeMissing(schema) ? () => null : r.fail(`argument ${index} is missing`);
      }
      return coercion.plan(wire, schema) ?? r.fail(`argument ${index} is of another type`);
    });
    const rest = types.slice(this.#args.length).map(
      (wire): Read =>
        (reader) =>
          skip(reader, wire),
    );
    return [...ours, ...rest];
  }
}

function run(steps: readonly Read[], r: Reader, wanted: number): unknown[] {
  const values: unknown[] = [];
  for (const step of steps) values.push(step(r));
  values.length = wanted;
  return values;
}
