import { c, type Infer } from '../candid/index.ts';

/**
 * What every `Err` of Fabrica's own methods carries.
 *
 * `code` is a contract: dotted, `<package>.<what>`, never changed once released. `message` says what
 * is wrong, `action` what to do about it; both may be improved at any time.
 */
export const Refusal = c.named(
  'Refusal',
  c.record({
    code: c.text({ max: 100 }),
    message: c.text({ max: 1000 }),
    action: c.text({ max: 1000 }),
  }),
);
export type Refusal = Infer<typeof Refusal>;

/** The answer of a method that may refuse. */
export type Result<T> = { readonly Ok: T } | { readonly Err: Refusal };

/** The refused half of a {@link Result}. */
export interface Refused {
  readonly Err: Refusal;
}

/** The answer that carries `value`. */
export function ok<T>(value: T): { readonly Ok: T } {
  return { Ok: value };
}
