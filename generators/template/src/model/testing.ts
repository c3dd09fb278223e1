import type { TemplateInit } from '../order-schema.ts';

/** A principal for tests; the same word gives the same one. */
export function someone(word: string): Uint8Array {
  return new TextEncoder().encode(word.padEnd(29).slice(0, 29));
}

/** An order that must be taken, for tests. */
export function sampleOrder(
  owner: Uint8Array = someone('owner'),
  other: Uint8Array = someone('other'),
): TemplateInit {
  return {
    name: 'One template',
    // <role>
    keepers: [owner, other],
    // </role>
    // <field>
    sampleField: 'some text',
    // </field>
  };
}
