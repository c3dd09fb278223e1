import type { OPCODES } from './opcodes.ts';

/** The kinds of type a message can declare; `future` is any that the specification leaves for later. */
export type WireKind = keyof typeof OPCODES | 'future';

/** A field of a record, or an alternative of a variant, in a message's type table. */
export interface WireField {
  readonly id: number;
  readonly type: WireType;
}

/** A type as a message declares it: a node of a graph that may contain itself. */
export interface WireType {
  readonly kind: WireKind;
  /** Of opt and vec. */
  readonly inner?: WireType;
  /** Of record and variant, by id. */
  readonly fields?: readonly WireField[];
  /** Of func. */
  readonly func?: WireFunc;
  /** Of service, by name. */
  readonly methods?: readonly WireMethod[];
}

/** The signature of a function reference. */
export interface WireFunc {
  readonly args: readonly WireType[];
  readonly results: readonly WireType[];
  /** Annotations, sorted. */
  readonly modes: readonly number[];
}

/** A method of a service reference; the type is a func. */
export interface WireMethod {
  readonly name: string;
  readonly type: WireType;
}
