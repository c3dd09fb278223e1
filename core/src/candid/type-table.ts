import { putLeb, putSleb, Writer } from './writer.ts';
import { ANNOTATIONS, OPCODES, primitiveOpcode } from './opcodes.ts';
import { partsOf, structuralName } from './structural-name.ts';
import type { Field, FuncNode, Schema } from './schema.ts';

/**
 * The bytes before the values of a message: magic, type table, argument types.
 *
 * The table's order is free, and each library has its own. This one reproduces `@dfinity/candid`, quirks
 * included, because agents' messages are recognised by comparing these bytes.
 */
export function typeHeader(args: readonly Schema[]): Uint8Array {
  const table = new TypeTable();
  for (const schema of args) table.add(schema);
  const w = table.scratch;
  w.pos = 0;
  for (const char of 'DIDL') w.byte(char.charCodeAt(0));
  putLeb(w, table.entries.length);
  for (const entry of table.entries) w.put(entry);
  putLeb(w, args.length);
  for (const schema of args) putSleb(w, table.reference(schema));
  return w.finish();
}

class TypeTable {
  readonly scratch = new Writer();
  readonly entries: Uint8Array[] = [];
  readonly #index = new Map<string, number>();
  /** How many names lead to each entry; entries without any are dropped from the end. */
  readonly #names: number[] = [];

  /** Adds a type after the types it is made of. */
  add(schema: Schema): void {
    if (primitiveOpcode(schema.kind) !== null) return;
    const name = structuralName(schema);
    if (this.#index.has(name)) return;
    if (schema.kind === 'rec') {
      const definition = schema.unfold();
      this.#append(name, new Uint8Array(0));
      this.add(definition);
      this.#merge(name, structuralName(definition));
      return;
    }
    for (const part of partsOf(schema)) this.add(part);
    this.#append(name, this.#entry(schema));
  }

  /** The opcode of a primitive type, or the position of any other. */
  reference(schema: Schema): number {
    return primitiveOpcode(schema.kind) ?? this.#index.get(structuralName(schema))!;
  }

  #append(name: string, entry: Uint8Array): void {
    this.#index.set(name, this.entries.length);
    this.#names[this.entries.length] = 1;
    this.entries.push(entry);
  }

  /** Moves a definition into the place kept for its recursive type. */
  #merge(recursive: string, definition: string): void {
    const place = this.#index.get(recursive)!;
    const from = this.#index.get(definition)!;
    this.entries[place] = this.entries[from]!;
    this.#names[place] = this.#names[place]! + this.#names[from]!;
    this.#index.set(definition, place);
    this.#names[from] = 0;
    while (this.entries.length > 0 && this.#names[this.entries.length - 1] === 0)
      this.entries.pop();
  }

  #entry(schema: Schema): Uint8Array {
    const w = this.scratch;
    w.pos = 0;
    switch (schema.kind) {
      case 'opt':
      case 'vec':
        putSleb(w, OPCODES[schema.kind]);
        putSleb(w, this.reference(schema.inner));
        break;
      case 'blob':
        putSleb(w, OPCODES.vec);
        putSleb(w, OPCODES.nat8);
        break;
      case 'record':
      case 'tuple':
        putSleb(w, OPCODES.record);
        this.#putFields(w, schema.fields);
        break;
      case 'variant':
        putSleb(w, OPCODES.variant);
        this.#putFields(w, schema.fields);
        break;
      case 'func':
        this.#putFunc(w, schema);
        break;
      case 'service':
        putSleb(w, OPCODES.service);
        putLeb(w, schema.methods.length);
        for (const [method, type] of schema.methods) {
          const label = new TextEncoder().encode(method);
          putLeb(w, label.length);
          w.put(label);
          putSleb(w, this.reference(type));
        }
        break;
      default:
        throw new TypeError(`${schema.kind} has no entry in a type table`);
    }
    return w.finish();
  }

  #putFields(w: Writer, fields: readonly Field[]): void {
    putLeb(w, fields.length);
    for (const { id, schema } of fields) {
      putLeb(w, id);
      putSleb(w, this.reference(schema));
    }
  }

  #putFunc(w: Writer, { args, results, mode }: FuncNode): void {
    putSleb(w, OPCODES.func);
    for (const list of [args, results]) {
      putLeb(w, list.length);
      for (const schema of list) putSleb(w, this.reference(schema));
    }
    putLeb(w, mode === 'update' ? 0 : 1);
    if (mode !== 'update') w.byte(ANNOTATIONS[mode]);
  }
}
