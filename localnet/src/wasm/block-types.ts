import { ByteWriter } from './byte-writer.ts';
import type { ModuleInfo, Signature } from './module-info.ts';
import { bytes } from './meter-code.ts';
import { ModuleRefused } from './module-refused.ts';

/** Value types as encoded. */
const CODES: Readonly<Record<string, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};
/** A block that leaves nothing. */
const EMPTY = Uint8Array.of(0x40);

/**
 * Types of blocks that take nothing and leave what a function gives back. Those that leave several values
 * need an entry of the type section.
 */
export class BlockTypes {
  /** Entries of the type section that have to be added. */
  readonly added: readonly Uint8Array[];
  readonly #indices = new Map<string, number>();

  /** @param firstType Index of the first added type. */
  constructor({ types }: ModuleInfo, firstType: number) {
    const added: Uint8Array[] = [];
    for (const { results } of types) {
      const name = results.join();
      if (results.length < 2 || this.#indices.has(name)) continue;
      this.#indices.set(name, firstType + added.length);
      added.push(bytes(0x60, 0, results.length, results.map(codeOf)));
    }
    this.added = added;
  }

  /** The block type of a function's results, as encoded. */
  of({ results }: Signature): Uint8Array {
    const [only] = results;
    if (only === undefined) return EMPTY;
    if (results.length === 1) return Uint8Array.of(codeOf(only));
    const out = new ByteWriter(5);
    out.s32(this.#indices.get(results.join())!);
    return out.finish();
  }
}

function codeOf(type: string): number {
  const code = CODES[type];
  if (code === undefined) throw new ModuleRefused(`Wasm module has an unsupported type: ${type}`);
  return code;
}
