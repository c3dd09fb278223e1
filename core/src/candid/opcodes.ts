import type { MethodMode, SchemaNode } from './schema.ts';

/** The codes of types on the wire (Candid specification, "Types"). */
export const OPCODES = Object.freeze({
  null: -1,
  bool: -2,
  nat: -3,
  int: -4,
  nat8: -5,
  nat16: -6,
  nat32: -7,
  nat64: -8,
  int8: -9,
  int16: -10,
  int32: -11,
  int64: -12,
  float32: -13,
  float64: -14,
  text: -15,
  reserved: -16,
  empty: -17,
  opt: -18,
  vec: -19,
  record: -20,
  variant: -21,
  func: -22,
  service: -23,
  principal: -24,
});

/** The annotation of a method on the wire; updates have none. */
export const ANNOTATIONS: Readonly<Record<Exclude<MethodMode, 'update'>, number>> = Object.freeze({
  query: 1,
  oneway: 2,
  composite_query: 3,
});

/** The opcode of a type that stands for itself in a message, or `null` for one that needs a table entry. */
export function primitiveOpcode(kind: SchemaNode['kind']): number | null {
  if (!(kind in OPCODES)) return null;
  const code = OPCODES[kind as keyof typeof OPCODES];
  return code > OPCODES.opt || code === OPCODES.principal ? code : null;
}
