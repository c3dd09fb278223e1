import { c, type Infer } from '@fabrica/core/candid';

/** People who get a role; rules bound their number more closely. */
export const Members = c.vec(c.principal, { max: 100 });

/**
 * The order. Its rules stand in `model/validate-order.ts`; the maxima here only bound what is decoded,
 * and lie above the rules' limits so that the error can name the field.
 */
export const TemplateInit = c.named(
  'TemplateInit',
  c.record({
    name: c.text({ max: 1_000 }),
    // <role>
    keepers: Members,
    // </role>
    // <field>
    sampleField: c.text({ max: 1_000 }),
    // </field>
  }),
);
export type TemplateInit = Infer<typeof TemplateInit>;
