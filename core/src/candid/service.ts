import type { Schema } from './schema.ts';

/** What a method answers: one value, several, or nothing (`null`). */
export type Result = readonly Schema[] | Schema | null;

/** One method of a service. */
export interface MethodSpec<
  A extends readonly Schema[] = readonly Schema[],
  R extends Result = Result,
> {
  readonly kind: 'query' | 'update' | 'composite_query';
  readonly args: A;
  readonly result: R;
}

/** The interface of a canister: what `toDid`, `toIdlFactory` and `ActorOf` work from. */
export interface Service<
  M extends Methods = Methods,
  I extends readonly Schema[] = readonly Schema[],
> {
  readonly name: string;
  /** Each method knows its name, so that it alone is enough to call it. */
  readonly methods: { readonly [Name in keyof M]: M[Name] & { readonly name: Name } };
  /** What the canister is installed with. */
  readonly init: I;
}

/** Methods by name. */
export type Methods = Readonly<Record<string, MethodSpec>>;

/** A method that only reads, answered by one replica unless called by a canister. */
export function query<const A extends readonly Schema[], const R extends Result>(
  args: A,
  result: R,
): MethodSpec<A, R> {
  return Object.freeze({ kind: 'query', args, result });
}

/** A method that may change state. */
export function update<const A extends readonly Schema[], const R extends Result>(
  args: A,
  result: R,
): MethodSpec<A, R> {
  return Object.freeze({ kind: 'update', args, result });
}

/** A query that may call queries of other canisters. */
export function compositeQuery<const A extends readonly Schema[], const R extends Result>(
  args: A,
  result: R,
): MethodSpec<A, R> {
  return Object.freeze({ kind: 'composite_query', args, result });
}

/** A service of that name, for messages and file names; on the wire it has none. */
export function service<const M extends Methods, const I extends readonly Schema[] = readonly []>(
  name: string,
  methods: M,
  init?: I,
): Service<M, I> {
  const named = Object.entries(methods).map(([key, spec]) => [
    key,
    Object.freeze({ ...spec, name: key }),
  ]);
  return Object.freeze({
    name,
    methods: Object.freeze(Object.fromEntries(named)) as Service<M, I>['methods'],
    init: Object.freeze([...(init ?? [])]) as unknown as I,
  });
}

/** The values a method answers, as a list. */
export function resultsOf({ result }: MethodSpec): readonly Schema[] {
  if (result === null) return [];
  return isList(result) ? result : [result];
}

function isList(result: readonly Schema[] | Schema): result is readonly Schema[] {
  return Array.isArray(result);
}
