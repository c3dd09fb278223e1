/** Types that a field of the order may have: their schema, and a value for tests. */
export const FIELD_TYPES = {
  text: { schema: 'c.text({ max: 1_000 })', sample: "'some text'" },
  nat: { schema: 'c.nat', sample: '1n' },
  nat64: { schema: 'c.nat64', sample: '1n' },
  bool: { schema: 'c.bool', sample: 'true' },
  principal: { schema: 'c.principal', sample: 'other' },
} as const;
export type FieldType = keyof typeof FIELD_TYPES;

/** A field of the order beside name and members. */
export interface FieldOption {
  readonly name: string;
  readonly type: FieldType;
}

/** An update that the members of one role may call, and that is recorded. */
export interface ActionOption {
  readonly name: string;
  readonly role: string;
}

/** Parts that a package may do without, and their files. */
export const PARTS = {
  /** Instruction counts of the contract's own methods, and what they may be at most. */
  bench: /^(bench\/|test\/budgets\.)/,
  /** Upgrades from every release that is kept. */
  releases: /^test\/releases\./,
} as const;
export type Part = keyof typeof PARTS;

/** Everything a package is generated from; kept in its `generated.json`. */
export interface FactoryOptions {
  /** Lower-case letters, digits and dashes. */
  readonly id: string;
  /** In camel case, 1 to 7; append-only once released. */
  readonly roles: readonly string[];
  readonly fields: readonly FieldOption[];
  /** Queries. */
  readonly methods: readonly string[];
  readonly actions: readonly ActionOption[];
  /** Optional parts; left out: all of them. */
  readonly parts?: readonly Part[];
}

/** Why something is not generated. The message says what to do. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
}
