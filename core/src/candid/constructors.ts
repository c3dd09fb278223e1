import { labelId } from './hash.ts';
import type {
  AgentPrincipal,
  AgentValue,
  BlobNode,
  Field,
  FuncNode,
  FuncValue,
  Infer,
  Input,
  MethodMode,
  OptNode,
  Primitive,
  PrimitiveKind,
  RecNode,
  RecordNode,
  RecordTypes,
  Schema,
  ServiceNode,
  TextNode,
  TupleNode,
  TupleTypes,
  Types,
  VariantNode,
  VariantTypes,
  VecNode,
  VecTypes,
} from './schema.ts';
import type { EncodedBody } from './encoded.ts';

/** Bytes of `c.text` and `c.blob` where no maximum is given. */
export const DEFAULT_MAX_BYTES = 10_000;
/** Elements of `c.vec` where no maximum is given. */
export const DEFAULT_MAX_ELEMENTS = 1_000;

/** How much a text, blob or vector may hold. */
export interface Bound {
  /** Bytes for text and blobs, elements for vectors. */
  readonly max: number;
}

type Text = TextNode & Types<string, string | EncodedBody<string>, string>;
type Blob = BlobNode & Types<Uint8Array, Uint8Array, Uint8Array | number[]>;
type Opt<S> = OptNode & Types<Infer<S> | null, Input<S> | null, [] | [AgentValue<S>]>;
/** `opt opt T` has two nulls and `T | null` only one, so the inner type must not hold null itself. */
type NotNull<S> = null extends Infer<S> ? { readonly 'opt of a type that holds null': never } : S;
type Func = FuncNode & Types<FuncValue, FuncValue, [AgentPrincipal, string]>;
type Service = ServiceNode & Types<Uint8Array, Uint8Array, AgentPrincipal>;
type Fields = Record<string, Schema>;

/**
 * The schema constructors. `c.text` and `c.blob` stand alone with {@link DEFAULT_MAX_BYTES} or take a maximum;
 * `c.vec(T)` takes up to {@link DEFAULT_MAX_ELEMENTS} or the maximum given.
 */
export const c = Object.freeze({
  null: primitive<'null', null>('null'),
  bool: primitive<'bool', boolean>('bool'),
  nat: primitive<'nat', bigint>('nat'),
  int: primitive<'int', bigint>('int'),
  nat8: primitive<'nat8', number>('nat8'),
  nat16: primitive<'nat16', number>('nat16'),
  nat32: primitive<'nat32', number>('nat32'),
  nat64: primitive<'nat64', bigint>('nat64'),
  int8: primitive<'int8', number>('int8'),
  int16: primitive<'int16', number>('int16'),
  int32: primitive<'int32', number>('int32'),
  int64: primitive<'int64', bigint>('int64'),
  float64: primitive<'float64', number>('float64'),
  /** 0 to 29 raw bytes. */
  principal: primitive<'principal', Uint8Array, AgentPrincipal>('principal'),
  reserved: primitive<'reserved', null, unknown>('reserved'),
  empty: primitive<'empty', never>('empty'),
  text: boundable<Text>('text'),
  blob: boundable<Blob>('blob'),

  /** `T | null`. Refuses types that hold null themselves. */
  opt<S extends Schema>(inner: S & NotNull<S>): Opt<S> {
    const schema: Schema = inner;
    if (holdsNull(schema))
      throw new TypeError(`opt ${schema.kind} has two nulls; wrap it in a record`);
    return Object.freeze({ kind: 'opt', inner: schema });
  },

  vec<S extends Schema>(inner: S, { max }: Bound = { max: DEFAULT_MAX_ELEMENTS }) {
    const node: VecNode = { kind: 'vec', inner, max: bound(max) };
    return Object.freeze(node) as VecNode & VecTypes<S>;
  },

  record<F extends Fields>(fields: F) {
    const node: RecordNode = withFields('record', () => sorted(fields));
    return node as RecordNode & RecordTypes<F>;
  },

  /** A record with the fields 0, 1, ..., held as an array. */
  tuple<T extends readonly Schema[]>(...items: T) {
    const fields = items.map((schema, id): Field => ({ label: `_${id}_`, id, key: id, schema }));
    const node: TupleNode = { kind: 'tuple', fields: frozen(fields) };
    return Object.freeze(node) as TupleNode & TupleTypes<T>;
  },

  /** A union of one-key objects; an alternative without payload is `c.null`. */
  variant<F extends Fields>(alternatives: F) {
    const node: VariantNode = withFields('variant', () => sorted(alternatives));
    return node as VariantNode & VariantTypes<F>;
  },

  /** `variant { Ok; Err }`. */
  result<Ok extends Schema, Err extends Schema>(ok: Ok, err: Err) {
    return c.variant({ Ok: ok, Err: err });
  },

  /**
   * A type that contains itself. TypeScript cannot infer it: give the value's type, and the agent's if a
   * client needs it. Name it with `c.named` if it appears in a service.
   */
  rec<V, A = unknown>(define: () => Schema<V, unknown>): RecNode & Types<V, V, A> {
    let definition: Schema<V, unknown> | undefined;
    const unfold = (): Schema<V, unknown> => {
      definition ??= define();
      if (definition.kind === 'rec')
        throw new TypeError('a recursive type must be made of something');
      return definition;
    };
    return Object.freeze({ kind: 'rec', unfold });
  },

  /** A reference to a method, held as principal and name. */
  func(args: readonly Schema[], results: readonly Schema[], mode: MethodMode = 'update'): Func {
    return Object.freeze({ kind: 'func', args: frozen(args), results: frozen(results), mode });
  },

  /** A reference to a canister with at least these methods, held as the principal's bytes. */
  service(methods: Readonly<Record<string, Schema & FuncNode>>): Service {
    const entries = Object.entries(methods).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.freeze({ kind: 'service', methods: frozen(entries) });
  },

  /** The same type under a name, which `.did` files use. On the wire names do not exist. */
  named<S extends Schema>(typeName: string, schema: S): S {
    if (!TYPE_NAME.test(typeName)) throw new TypeError(`"${typeName}" is not a type name`);
    if (schema.kind === 'record' || schema.kind === 'variant') {
      const { kind } = schema;
      return withFields(kind, () => schema.fields, { typeName }) as unknown as S;
    }
    return Object.freeze({ ...schema, typeName } as S);
  },
});

const TYPE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function primitive<K extends PrimitiveKind, V, A = V>(kind: K): Primitive<K, V, A> {
  return Object.freeze({ kind });
}

/** A schema that is also the function giving it another maximum. */
function boundable<S extends Text | Blob>(kind: S['kind']): S & ((bound: Bound) => S) {
  const of = ({ max }: Bound): S => Object.freeze({ kind, max: bound(max) }) as S;
  return Object.freeze(Object.assign(of.bind(null), { kind, max: DEFAULT_MAX_BYTES })) as S &
    typeof of;
}

function bound(max: number): number {
  if (!Number.isSafeInteger(max) || max < 0) throw new RangeError(`${max} is not a maximum`);
  return max;
}

function holdsNull({ kind }: Schema): boolean {
  return kind === 'opt' || kind === 'null' || kind === 'reserved';
}

/**
 * A node whose fields are put into wire order when they are first asked for: hashing labels is the dear part
 * of describing a type, and at installation a canister needs few of its types.
 */
function withFields<K extends 'record' | 'variant'>(
  kind: K,
  order: () => readonly Field[],
  name: { readonly typeName?: string } = {},
) {
  let fields: readonly Field[] | undefined;
  return Object.freeze({
    kind,
    get fields() {
      return (fields ??= order());
    },
    ...name,
  });
}

function sorted(schemas: Fields): readonly Field[] {
  const fields = Object.entries(schemas).map(
    ([label, schema]): Field => ({ label, id: labelId(label), key: label, schema }),
  );
  fields.sort((a, b) => a.id - b.id);
  fields.forEach((field, index) => {
    const next = fields[index + 1];
    if (next?.id === field.id) {
      throw new TypeError(`labels "${field.label}" and "${next.label}" have the same number`);
    }
    // Decoders assign properties by label, and this one would set the prototype.
    if (field.label === '__proto__') throw new TypeError('"__proto__" cannot be a label');
  });
  return frozen(fields);
}

function frozen<T>(items: readonly T[]): readonly T[] {
  return Object.freeze(items.map((item) => Object.freeze(item)));
}
