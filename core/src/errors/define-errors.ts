import type { Refused } from './refusal.ts';

/** One line of an error table. `{tags}` in the texts are filled in where the error is made. */
export interface ErrorDescriptor {
  /** What is wrong. */
  readonly message: string;
  /** What the caller should do. */
  readonly action: string;
}

type Tags<Text extends string> = Text extends `${string}{${infer Tag}}${infer Rest}`
  ? Tag | Tags<Rest>
  : never;

type TagsOf<D extends ErrorDescriptor> = Tags<D['message']> | Tags<D['action']>;

/** Makes the refusal; its parameters are the tags of the texts, no more and no fewer. */
export type MakeRefusal<D extends ErrorDescriptor> = [TagsOf<D>] extends [never]
  ? () => Refused
  : (values: { readonly [Tag in TagsOf<D>]: string | number | bigint }) => Refused;

/** The errors of one package, by the last part of their code. */
export type ErrorTable<Table extends Readonly<Record<string, ErrorDescriptor>>> = {
  readonly [Code in keyof Table]: MakeRefusal<Table[Code]>;
};

/**
 * The error table of one package: the only place its codes and texts stand.
 *
 * What makes a refusal is made when it is first asked for, and a table that is given as a function is read then:
 * at installation a canister would do both for nothing.
 *
 * @param scope the first part of every code, the package's name.
 */
export function defineErrors<const Table extends Readonly<Record<string, ErrorDescriptor>>>(
  scope: string,
  table: Table | (() => Table),
): ErrorTable<Table> {
  let read: Table | undefined;
  return new Proxy({} as ErrorTable<Table>, {
    get: (_, code: string) => {
      read ??= typeof table === 'function' ? table() : table;
      const descriptor = read[code];
      return descriptor && maker(`${scope}.${code}`, descriptor);
    },
    ownKeys: () => {
      throw new TypeError(`The errors of ${scope} are not listed: join tables with joinErrors`);
    },
  });
}

/** Two tables of one package as one. Tables are read when they are asked, so they cannot be spread into another. */
export function joinErrors<First extends object, Second extends object>(
  first: First,
  second: Second,
): First & Second {
  return new Proxy({} as First & Second, {
    get: (_, code) => (Reflect.get(first, code) ?? Reflect.get(second, code)) as unknown,
  });
}

function maker(code: string, { message, action }: ErrorDescriptor) {
  return (values: Record<string, string | number | bigint> = {}): Refused => ({
    Err: { code, message: fill(message, values), action: fill(action, values) },
  });
}

function fill(text: string, values: Record<string, string | number | bigint>): string {
  return text.replace(/\{(\w+)\}/g, (_, tag: string) => String(values[tag]));
}
