import { OPCODES } from './opcodes.ts';
import { decodeText } from './text.ts';
import type { Limits } from './limits.ts';
import type { Reader } from './reader.ts';
import type { WireField, WireFunc, WireKind, WireMethod, WireType } from './wire-type.ts';

const MAGIC = [0x44, 0x49, 0x44, 0x4c];

const PRIMITIVES = new Map<number, WireType>();
for (const [kind, code] of Object.entries(OPCODES)) {
  if (code > OPCODES.opt || code === OPCODES.principal) {
    PRIMITIVES.set(code, Object.freeze({ kind: kind as WireKind }));
  }
}

/**
 * Reads magic, type table and argument types, and leaves the reader at the first value. Refuses what the
 * specification does: indexes out of range, primitives in the table, fields unsorted or repeated.
 */
export function readWireTable(r: Reader, limits: Limits): readonly WireType[] {
  for (const byte of MAGIC) if (r.byte() !== byte) r.fail('not a Candid message');
  return new TableReader(r, limits).read();
}

type Draft = { -readonly [K in keyof WireType]: WireType[K] };

class TableReader {
  readonly #r: Reader;
  readonly #types: Draft[] = [];
  readonly #maxTypes: number;
  #left: number;

  constructor(r: Reader, limits: Limits) {
    this.#r = r;
    this.#maxTypes = limits.types;
    this.#left = limits.fields;
  }

  read(): readonly WireType[] {
    const count = this.#r.leb();
    if (count > this.#maxTypes) this.#r.fail('too many types');
    // All exist before any is read, because they refer to each other in both directions.
    for (let i = 0; i < count; i++) this.#types.push({ kind: 'empty' });
    for (const type of this.#types) this.#entry(type);
    for (const { methods } of this.#types) {
      if (methods?.some(({ type }) => type.kind !== 'func'))
        this.#r.fail('method is not a function');
    }
    return this.#list(() => this.#reference());
  }

  #entry(type: Draft): void {
    const r = this.#r;
    const code = r.sleb32();
    switch (code) {
      case OPCODES.opt:
      case OPCODES.vec:
        type.kind = code === OPCODES.opt ? 'opt' : 'vec';
        type.inner = this.#reference();
        break;
      case OPCODES.record:
      case OPCODES.variant:
        type.kind = code === OPCODES.record ? 'record' : 'variant';
        type.fields = this.#fields();
        break;
      case OPCODES.func:
        type.kind = 'func';
        type.func = this.#func();
        break;
      case OPCODES.service:
        type.kind = 'service';
        type.methods = this.#methods();
        break;
      default:
        if (code >= OPCODES.principal) r.fail('not a type for the table');
        type.kind = 'future';
        r.skip(r.leb());
    }
  }

  #reference(): WireType {
    const code = this.#r.sleb32();
    return (code < 0 ? PRIMITIVES.get(code) : this.#types[code]) ?? this.#r.fail('no such type');
  }

  #fields(): WireField[] {
    let last = -1;
    return this.#list(() => {
      const id = this.#r.leb();
      if (id <= last || id >= 2 ** 32) this.#r.fail('fields not in order');
      last = id;
      return { id, type: this.#reference() };
    });
  }

  #func(): WireFunc {
    const args = this.#list(() => this.#reference());
    const results = this.#list(() => this.#reference());
    const modes = this.#list(() => {
      const mode = this.#r.byte();
      if (mode < 1 || mode > 3) this.#r.fail('unknown annotation');
      return mode;
    });
    return { args, results, modes: modes.sort() };
  }

  #methods(): WireMethod[] {
    let last: string | null = null;
    return this.#list(() => {
      const start = this.#r.skip(this.#r.leb());
      const name = decodeText(this.#r.bytes, start, this.#r.pos);
      if (last !== null && name <= last) this.#r.fail('methods not in order');
      last = name;
      return { name, type: this.#reference() };
    });
  }

  /** A counted list, of which all together are bounded. */
  #list<T>(item: () => T): T[] {
    const count = this.#r.leb();
    this.#left -= count;
    if (this.#left < 0) this.#r.fail('type table too large');
    return Array.from({ length: count }, item);
  }
}
