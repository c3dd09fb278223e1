import type { Principal } from '@dfinity/principal';

import type { EncodedBody, EncodedVec } from './encoded.ts';

/**
 * A schema describes one Candid type. It is plain frozen data, and serves three uses: the TypeScript types
 * ({@link Infer}, {@link Input}, {@link AgentValue}), the IDL type (`toIdl`, `toDid`) and the codec
 * (`encoder`, `decoder`, `bodyEncoder`, `bodyDecoder`).
 *
 * `V` is the value a decoder gives, `I` what an encoder takes (values, or bytes encoded before), `A` the value
 * as `@dfinity/candid` and agents shape it.
 */
export type Schema<V = unknown, I = V, A = unknown> = SchemaNode & Types<V, I, A>;

/** The value on the canister's side: `bigint`, `string`, `Uint8Array`, `T | null`, readonly objects and arrays. */
export type Infer<S> = S extends Types<infer V, unknown, unknown> ? V : never;

/** What an encoder takes for `S`: its value, or the same encoded before, at any depth. */
export type Input<S> = S extends Types<unknown, infer I, unknown> ? I : never;

/** The value as agents shape it: `[] | [T]` for opt, `Principal` for principal, and so on. */
export type AgentValue<S> = S extends Types<unknown, unknown, infer A> ? A : never;

declare const types: unique symbol;

/** Carries the three TypeScript types of a schema. Never present at run time. */
export interface Types<V, I, A> {
  readonly [types]?: { readonly value: V; readonly input: I; readonly agent: A };
}

/** What a schema is at run time. Walk it with `switch (schema.kind)`. */
export type SchemaNode =
  | PrimitiveNode
  | TextNode
  | BlobNode
  | OptNode
  | VecNode
  | RecordNode
  | TupleNode
  | VariantNode
  | RecNode
  | FuncNode
  | ServiceNode;

/** The types that need no entry in a message's type table, but for text. */
export type PrimitiveKind =
  | 'null'
  | 'bool'
  | 'nat'
  | 'int'
  | 'nat8'
  | 'nat16'
  | 'nat32'
  | 'nat64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'principal'
  | 'reserved'
  | 'empty';

interface Nameable {
  /** The name given by `c.named`, under which `.did` files define the type. */
  readonly typeName?: string;
}

export interface PrimitiveNode<K extends PrimitiveKind = PrimitiveKind> extends Nameable {
  readonly kind: K;
}

export interface TextNode extends Nameable {
  readonly kind: 'text';
  /** Longest text, in bytes of UTF-8. */
  readonly max: number;
}

/** `vec nat8`, held as bytes. */
export interface BlobNode extends Nameable {
  readonly kind: 'blob';
  /** Longest blob, in bytes. */
  readonly max: number;
}

export interface OptNode extends Nameable {
  readonly kind: 'opt';
  readonly inner: Schema;
}

export interface VecNode extends Nameable {
  readonly kind: 'vec';
  readonly inner: Schema;
  /** Most elements. */
  readonly max: number;
}

/** A field of a record or tuple, or an alternative of a variant. */
export interface Field {
  readonly label: string;
  /** The label's number on the wire; see `labelId`. */
  readonly id: number;
  /** The property that holds the value: the label, or the position in a tuple. */
  readonly key: string | number;
  readonly schema: Schema;
}

export interface RecordNode extends Nameable {
  readonly kind: 'record';
  /** In wire order: by id. */
  readonly fields: readonly Field[];
}

/** A record with the fields 0, 1, ..., held as an array. */
export interface TupleNode extends Nameable {
  readonly kind: 'tuple';
  readonly fields: readonly Field[];
}

export interface VariantNode extends Nameable {
  readonly kind: 'variant';
  /** In wire order: by id. */
  readonly fields: readonly Field[];
}

/** A type that contains itself. */
export interface RecNode extends Nameable {
  readonly kind: 'rec';
  /** The type's definition; always the same value. */
  readonly unfold: () => Schema;
}

/** How a method is called: `update` is the one without an annotation on the wire. */
export type MethodMode = 'update' | 'query' | 'composite_query' | 'oneway';

export interface FuncNode extends Nameable {
  readonly kind: 'func';
  readonly args: readonly Schema[];
  readonly results: readonly Schema[];
  readonly mode: MethodMode;
}

export interface ServiceNode extends Nameable {
  readonly kind: 'service';
  /** Sorted by name. */
  readonly methods: readonly (readonly [name: string, type: Schema & FuncNode])[];
}

/** A reference to a method, as values hold it. */
export interface FuncValue {
  /** The canister, as 0 to 29 bytes. */
  readonly principal: Uint8Array;
  readonly method: string;
}

/** A primitive schema whose kind the compiler knows. */
export type Primitive<K extends PrimitiveKind, V, A = V> = PrimitiveNode<K> & Types<V, V, A>;

/** The TypeScript types of `c.record(F)`. */
export type RecordTypes<F extends Record<string, Schema>> = Types<
  { readonly [K in keyof F]: Infer<F[K]> },
  { readonly [K in keyof F]: Input<F[K]> } | EncodedBody<{ readonly [K in keyof F]: Infer<F[K]> }>,
  { [K in keyof F]: AgentValue<F[K]> }
>;

/** The TypeScript types of `c.tuple(...T)`. */
export type TupleTypes<T extends readonly Schema[]> = Types<
  { readonly [K in keyof T]: Infer<T[K]> },
  { readonly [K in keyof T]: Input<T[K]> } | EncodedBody<{ readonly [K in keyof T]: Infer<T[K]> }>,
  { -readonly [K in keyof T]: AgentValue<T[K]> }
>;

/** The TypeScript types of `c.variant(F)`: a union of objects with one key each. */
export type VariantTypes<F extends Record<string, Schema>> = Types<
  { readonly [K in keyof F]: { readonly [P in K]: Infer<F[P]> } }[keyof F],
  | { readonly [K in keyof F]: { readonly [P in K]: Input<F[P]> } }[keyof F]
  | EncodedBody<{ readonly [K in keyof F]: { readonly [P in K]: Infer<F[P]> } }[keyof F]>,
  { [K in keyof F]: { [P in K]: AgentValue<F[P]> } }[keyof F]
>;

/** The TypeScript types of `c.vec(S)`. */
export type VecTypes<S extends Schema> = Types<
  readonly Infer<S>[],
  readonly Input<S>[] | EncodedVec<Infer<S>> | EncodedBody<readonly Infer<S>[]>,
  AgentVec<S>
>;

/** Agents decode vectors of fixed-width numbers to typed arrays, and take plain arrays too. */
type AgentVec<S extends Schema> = S extends { readonly kind: keyof TypedArrays }
  ? TypedArrays[S['kind']] | AgentValue<S>[]
  : AgentValue<S>[];

interface TypedArrays {
  nat8: Uint8Array;
  nat16: Uint16Array;
  nat32: Uint32Array;
  nat64: BigUint64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
}

/** The agent's shape of a principal. */
export type AgentPrincipal = Principal;
