import type { Schema } from './schema.ts';

/**
 * The most values one value of `schema` can consist of, itself included, without what vectors and recursive
 * types inside it hold: those account for themselves as they are read.
 */
export function weightOf(schema: Schema): number {
  switch (schema.kind) {
    case 'opt':
      return 1 + weightOf(schema.inner);
    case 'record':
    case 'tuple':
      return schema.fields.reduce((sum, field) => sum + weightOf(field.schema), 1);
    case 'variant':
      return schema.fields.reduce((most, field) => Math.max(most, 1 + weightOf(field.schema)), 1);
    default:
      return 1;
  }
}
