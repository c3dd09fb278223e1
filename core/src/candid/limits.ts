/** Bounds on the work one message can cause, whatever it claims to hold. */
export interface Limits {
  /**
   * Values decoded or skipped. Elements of vectors count with all they can contain, so this is an upper
   * estimate. A value stands for 20,000 instructions: long texts and numbers count as several, blobs do not.
   */
  readonly values: number;
  /** Levels of recursive types, and of skipped values. Bounds the interpreter's stack, which has no guard. */
  readonly depth: number;
  /** Entries of a foreign type table. */
  readonly types: number;
  /** Fields, arguments and methods of a foreign type table together, and steps to compare it with a schema. */
  readonly fields: number;
}

/** The limits used where none are given, for messages of those who are trusted. */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  values: 20_000,
  depth: 64,
  types: 512,
  fields: 4_096,
});

/**
 * The limits of messages to updates, and of answers to calls: within them a message is refused, or decoded, in
 * 400 M instructions, 1 % of what the platform allows an update. `core/test/hostile.test.ts` tries.
 */
export const UPDATE_LIMITS: Limits = Object.freeze({
  values: 12_000,
  depth: 64,
  types: 256,
  fields: 1_024,
});

/** The limits of messages to queries: 50 M instructions, 1 % of what the platform allows a query. */
export const QUERY_LIMITS: Limits = Object.freeze({
  values: 1_500,
  depth: 64,
  types: 96,
  fields: 192,
});

/** Most bytes of a `nat` or `int`: numbers of 441 bits. Longer ones are refused in both directions. */
export const MAX_LEB_BYTES = 63;

/** Most bytes of a method name in a function reference. */
export const MAX_METHOD_BYTES = 1_024;

/** Most bytes of a principal (Interface Specification, "Principals"). */
export const MAX_PRINCIPAL_BYTES = 29;
