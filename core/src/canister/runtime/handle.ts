import {
  decoder,
  QUERY_LIMITS,
  resultsOf,
  UPDATE_LIMITS,
  type Infer,
  type Input,
  type MethodSpec,
  type Schema,
} from '../../candid/index.ts';
import { lendingEncoder } from '../../candid/encoder.ts';
import { coreErrors, Refusal, type Refused } from '../../errors/index.ts';
import type { Context } from './context.ts';

/** A reply that is Candid already, header included. */
export class EncodedReply {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** The answer of what worked and has nothing to tell; its bytes are made once for each method. */
export const DONE: { readonly Ok: null } = Object.freeze({ Ok: null });

/**
 * Who may reach a method from outside: `anyone`; `identified` (an anonymous caller is told to sign in);
 * `canisters` (messages of users are refused, before they cost anything where the platform asks).
 */
export type Audience = 'anyone' | 'identified' | 'canisters';

type Values<Schemas extends readonly Schema[]> = {
  -readonly [Index in keyof Schemas]: Infer<Schemas[Index]>;
};
type Answer<Spec extends MethodSpec> = Spec['result'] extends Schema
  ? Input<Spec['result']>
  : // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a method without results is a procedure
    void;
type Replies<Spec extends MethodSpec> = Answer<Spec> | EncodedReply;

/** The logic of a method: its decoded arguments, then the context. */
export type Logic<Spec extends MethodSpec> = (
  ...parameters: [...Values<Spec['args']>, Context]
) => Replies<Spec> | Promise<Replies<Spec>>;

/** A method ready to be listed in `canister({ methods })`. */
export interface Handler<Spec extends MethodSpec = MethodSpec> {
  readonly spec: Spec;
  readonly audience: Audience;
  /**
   * Runs the method on undecoded arguments. A string in place of bytes is a rejection. Bytes answered at once are
   * only lent: they hold until something else is encoded.
   */
  run(argument: Uint8Array, context: Context): Uint8Array | string | Promise<Uint8Array>;
}

/** What may be said of a method besides. */
interface Options<Spec extends MethodSpec> {
  readonly audience?: Audience;
  /**
   * A reader by hand of arguments as they usually come, for a method that every instruction counts in: `null`
   * leaves them to the decoder.
   */
  readonly read?: (argument: Uint8Array) => Values<Spec['args']> | null;
}

/** Binds logic to the method it implements. */
export function handle<Spec extends MethodSpec>(
  spec: Spec,
  logic: Logic<Spec>,
  options: Options<Spec> = {},
): Handler<Spec> {
  const audience = options.audience ?? 'anyone';
  const decode = decoder(spec.args, spec.kind === 'update' ? UPDATE_LIMITS : QUERY_LIMITS);
  const results = resultsOf(spec);
  const encode = lendingEncoder(results);
  const call = logic as (...parameters: readonly unknown[]) => unknown;
  const nothing = results.length === 0 ? encode([]).slice() : null;

  let done: Uint8Array | undefined;

  const toBytes = (value: unknown): Uint8Array => {
    if (value === DONE) return (done ??= encode([value]).slice());
    return nothing ?? (value instanceof EncodedReply ? value.bytes : encode([value]));
  };

  const settle = (answer: unknown) =>
    answer instanceof Promise ? answer.then((value) => toBytes(value).slice()) : toBytes(answer);

  return {
    spec,
    audience,
    run(argument, context) {
      const refusal = audience === 'anyone' ? null : refuseCaller(audience, context.caller);
      if (refusal !== null) return answersRefusals(spec) ? toBytes(refusal) : refusal.Err.message;
      const values = options.read?.(argument) ?? null;
      if (values !== null) return settle(call(...values, context));
      const decoded = decode(argument);
      if (!decoded.ok) {
        return `The argument does not decode: ${decoded.reason}. Send what the Candid interface asks for.`;
      }
      return settle(call(...decoded.values, context));
    },
  };
}

/** Class byte of a principal: https://internetcomputer.org/docs/references/ic-interface-spec#principal */
const OPAQUE = 1;
const ANONYMOUS = 4;

function refuseCaller(audience: Audience, caller: Uint8Array): Refused | null {
  const kind = caller[caller.length - 1];
  if (audience === 'identified' && kind === ANONYMOUS && caller.length === 1) {
    return coreErrors.anonymous_caller();
  }
  if (audience === 'canisters' && kind !== OPAQUE) return coreErrors.canisters_only();
  return null;
}

/** True if the method's result has an `Err` that carries a refusal. */
function answersRefusals(spec: MethodSpec): boolean {
  const [result] = resultsOf(spec);
  if (result?.kind !== 'variant') return false;
  return result.fields.some(({ label, schema }) => label === 'Err' && schema === Refusal);
}
