/** Section identifiers of the WASM binary format. */
export const Section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

/** Order of the sections in a module. */
export const SECTION_ORDER = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11] as const;

/** Kinds of imports and exports, by their code in the binary format. */
export const KINDS = ['function', 'table', 'memory', 'global', 'tag'] as const;
export type Kind = (typeof KINDS)[number];

/** A function's signature. */
export interface Signature {
  readonly params: readonly string[];
  readonly results: readonly string[];
}

/** Something the module imports. `signature` is null for all but functions. */
export interface ModuleImport {
  readonly module: string;
  readonly name: string;
  readonly kind: Kind;
  readonly signature: Signature | null;
}

/** Something the module exports, and its index among all of its kind. */
export interface ModuleExport {
  readonly name: string;
  readonly kind: Kind;
  readonly index: number;
}

/** Size of the heap memory in pages of 64 KiB. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum: number | null;
}

/** Where the bytes of a section's content lie. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Everything the rewriter has to know about a module. */
export interface ModuleInfo {
  readonly bytes: Uint8Array;
  readonly sections: ReadonlyMap<number, Span>;
  readonly customs: readonly {
    readonly name: string;
    readonly content: Span;
    readonly whole: Span;
  }[];
  readonly types: readonly Signature[];
  readonly imports: readonly ModuleImport[];
  /** Type index of every function, imported ones first. */
  readonly functions: readonly number[];
  readonly importedFunctions: number;
  readonly tables: number;
  readonly memory: MemoryLimits | null;
  readonly memory64: boolean;
  readonly globals: readonly { readonly type: string; readonly mutable: boolean }[];
  readonly exports: readonly ModuleExport[];
  readonly start: number | null;
  /** Active data segments: where they go, in bytes, and how long they are. */
  readonly activeData: readonly { readonly offset: bigint; readonly length: number }[];
}
