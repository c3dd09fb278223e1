/** Bounds on the work one message can cause, whatever it claims to hold. */
export interface Limits {
  /**
   * Values decoded or skipped. Elements of vectors count with all they can contain, so this is an upper
   * estimate; bytes of text and blobs do not count.
   */
  readonly values: number;
  /** Levels of recursive types, and of skipped values. Bounds the interpreter's stack, which has no guard. */
  readonly depth: number;
  /** Entries of a foreign type table. */
  readonly types: number;
  /** Fields, arguments and methods of a foreign type table together, and steps to compare it with a schema. */
  readonly fields: number;
}

/** The limits used where none are given. A value costs 5,000 to 30,000 instructions, text 800 a byte besides. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  values: 20_000,
  depth: 64,
  types: 512,
  fields: 4_096,
});

/** Most bytes of a `nat` or `int`: numbers of 441 bits. Longer ones are refused in both directions. */
export const MAX_LEB_BYTES = 63;

/** Most bytes of a method name in a function reference. */
export const MAX_METHOD_BYTES = 1_024;

/** Most bytes of a principal (Interface Specification, "Principals"). */
export const MAX_PRINCIPAL_BYTES = 29;
