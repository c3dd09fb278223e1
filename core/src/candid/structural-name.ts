import type { Field, Schema } from './schema.ts';

const names = new WeakMap<Schema, string>();
const recursive = new WeakMap<() => Schema, string>();
let recursiveCount = 0;

/**
 * The name under which a type table holds a type, spelled as `@dfinity/candid` spells it: which types share an
 * entry follows from it, and so does the table's layout.
 */
export function structuralName(schema: Schema): string {
  let name = names.get(schema);
  if (name === undefined) {
    name = spell(schema);
    names.set(schema, name);
  }
  return name;
}

/** The types a type is made of, in the order in which a type table takes them. */
export function partsOf(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case 'opt':
    case 'vec':
      return [schema.inner];
    case 'record':
    case 'tuple':
    case 'variant':
      return schema.fields.map((field) => field.schema);
    case 'func':
      return [...schema.args, ...schema.results];
    case 'service':
      return schema.methods.map(([, type]) => type);
    default:
      return [];
  }
}

function spell(schema: Schema): string {
  switch (schema.kind) {
    case 'blob':
      return 'vec nat8';
    case 'opt':
    case 'vec':
      return `${schema.kind} ${structuralName(schema.inner)}`;
    case 'record':
    case 'tuple':
      return `record {${spellFields(schema.fields)}}`;
    case 'variant':
      return `variant {${spellFields(schema.fields)}}`;
    case 'rec':
      return spellRecursive(schema.unfold);
    case 'func':
      return `(${spellAll(schema.args)}) -> (${spellAll(schema.results)}) ${schema.mode}`;
    case 'service':
      return `service {${schema.methods.map(([name, type]) => `${name}:${structuralName(type)}`).join('; ')}}`;
    default:
      return schema.kind;
  }
}

function spellFields(fields: readonly Field[]): string {
  return fields.map(({ label, schema }) => `${label}:${structuralName(schema)}`).join('; ');
}

function spellAll(schemas: readonly Schema[]): string {
  return schemas.map(structuralName).join(', ');
}

/** By definition rather than by schema, so that a recursive type and its named copy are one. */
function spellRecursive(unfold: () => Schema): string {
  let name = recursive.get(unfold);
  if (name === undefined) {
    name = `rec_${recursiveCount++}`;
    recursive.set(unfold, name);
  }
  return name;
}
