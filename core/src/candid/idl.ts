import type { IDL } from '@dfinity/candid';

import { resultsOf, type Methods, type MethodSpec, type Result, type Service } from './service.ts';
import type { AgentValue, Field, FuncNode, MethodMode, PrimitiveKind, Schema } from './schema.ts';

/**
 * The `IDL` namespace of `@dfinity/candid`, as interface factories are given it. It is passed in, so that
 * importing schemas does not put that library into a canister.
 */
export type Idl = Parameters<IDL.InterfaceFactory>[0]['IDL'];

/** What `Actor.createActor` and PocketIC take: `IDL.InterfaceFactory`, under a name that packages can repeat. */
export interface InterfaceFactory {
  (library: { readonly IDL: Idl }): IDL.ServiceClass;
}

/** The actor that an agent or PocketIC makes of a service: each method takes and gives agents' values. */
export type ActorOf<S extends Service> = {
  [K in keyof S['methods']]: S['methods'][K] extends MethodSpec<infer A, infer R>
    ? (...args: { -readonly [I in keyof A]: AgentValue<A[I]> }) => Promise<AgentResult<R>>
    : never;
};

type AgentResult<R extends Result> = R extends null
  ? undefined
  : R extends readonly Schema[]
    ? { -readonly [I in keyof R]: AgentValue<R[I]> }
    : AgentValue<R>;

/** The IDL type of a schema. */
export function toIdl(idl: Idl, schema: Schema): IDL.Type {
  return new Conversion(idl).type(schema);
}

/** The IDL types of an argument list, such as a canister's init arguments. */
export function toIdlArgs(idl: Idl, schemas: readonly Schema[]): IDL.Type[] {
  const conversion = new Conversion(idl);
  return schemas.map((schema) => conversion.type(schema));
}

/** The interface factory of a service, for `Actor.createActor` and PocketIC. */
export function toIdlFactory<M extends Methods>(service: Service<M>): InterfaceFactory {
  return ({ IDL: idl }) => {
    const conversion = new Conversion(idl);
    const methods = Object.entries(service.methods).map(([name, method]) => {
      return [name, conversion.method(method.args, resultsOf(method), method.kind)] as const;
    });
    return idl.Service(Object.fromEntries(methods));
  };
}

class Conversion {
  readonly #idl: Idl;
  readonly #recursive = new Map<() => Schema, IDL.RecClass>();

  constructor(idl: Idl) {
    this.#idl = idl;
  }

  type(schema: Schema): IDL.Type {
    const idl = this.#idl;
    switch (schema.kind) {
      case 'text':
        return idl.Text;
      case 'blob':
        return idl.Vec(idl.Nat8);
      case 'opt':
        return idl.Opt(this.type(schema.inner));
      case 'vec':
        return idl.Vec(this.type(schema.inner));
      case 'record':
        return idl.Record(this.#fields(schema.fields));
      case 'tuple':
        return idl.Tuple(...schema.fields.map((field) => this.type(field.schema)));
      case 'variant':
        return idl.Variant(this.#fields(schema.fields));
      case 'rec':
        return this.#rec(schema.unfold);
      case 'func':
        return this.#func(schema);
      case 'service':
        return idl.Service(
          Object.fromEntries(schema.methods.map(([name, type]) => [name, this.#func(type)])),
        );
      default:
        return this.#primitive(schema.kind);
    }
  }

  method(args: readonly Schema[], results: readonly Schema[], mode: MethodMode): IDL.FuncClass {
    return this.#idl.Func(
      args.map((schema) => this.type(schema)) as IDL.GenericIdlFuncArgs,
      results.map((schema) => this.type(schema)) as IDL.GenericIdlFuncRets,
      mode === 'update' ? [] : [mode],
    );
  }

  #func({ args, results, mode }: FuncNode): IDL.FuncClass {
    return this.method(args, results, mode);
  }

  #fields(fields: readonly Field[]): Record<string, IDL.Type> {
    return Object.fromEntries(fields.map(({ label, schema }) => [label, this.type(schema)]));
  }

  #rec(unfold: () => Schema): IDL.Type {
    const known = this.#recursive.get(unfold);
    if (known !== undefined) return known;
    const rec = this.#idl.Rec();
    this.#recursive.set(unfold, rec);
    // Declared for compound types only; what contains itself is one.
    rec.fill(this.type(unfold()) as IDL.ConstructType);
    return rec;
  }

  #primitive(kind: PrimitiveKind): IDL.Type {
    const idl = this.#idl;
    const types: Record<PrimitiveKind, IDL.Type> = {
      null: idl.Null,
      bool: idl.Bool,
      nat: idl.Nat,
      int: idl.Int,
      nat8: idl.Nat8,
      nat16: idl.Nat16,
      nat32: idl.Nat32,
      nat64: idl.Nat64,
      int8: idl.Int8,
      int16: idl.Int16,
      int32: idl.Int32,
      int64: idl.Int64,
      float64: idl.Float64,
      principal: idl.Principal,
      reserved: idl.Reserved,
      empty: idl.Empty,
    };
    return types[kind];
  }
}
