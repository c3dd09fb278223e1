import {
  decoder,
  encoder,
  resultsOf,
  UPDATE_LIMITS,
  type Infer,
  type Inputs,
  type MethodSpec,
  type Schema,
} from '../../candid/index.ts';
import { callRaw, type Outcome } from '../ic/call-raw.ts';

type Answer<Spec extends MethodSpec> = Spec['result'] extends Schema ? Infer<Spec['result']> : null;

interface Wire {
  readonly encode: (values: readonly unknown[]) => Uint8Array;
  readonly decode: ReturnType<typeof decoder>;
}

/** Type tables are built once per method and kept: building one costs far more than using it. */
const wires = new Map<MethodSpec, Wire>();

/**
 * Calls a method of another canister and decodes what it answers.
 *
 * Never throws for what the callee does: a refusal, a trap, silence cut short, or an answer that does
 * not decode is an outcome. Write down what you are about to do before you call (guideline M1).
 */
export async function call<Spec extends MethodSpec & { readonly name: string }>(
  canister: Uint8Array,
  method: Spec,
  args: Inputs<Spec['args']>,
  options: { readonly cycles?: bigint } = {},
): Promise<Outcome<Answer<Spec>>> {
  const { encode, decode } = wireOf(method);
  const outcome = await callRaw(canister, method.name, encode(args), options.cycles ?? 0n);
  if (!outcome.ok) return outcome;
  const decoded = decode(outcome.value);
  if (decoded.ok) return { ok: true, value: (decoded.values[0] ?? null) as Answer<Spec> };
  const message = `The answer of ${method.name} does not decode: ${decoded.reason}`;
  return { ok: false, failure: { effect: 'possible', rejectCode: 0, message } };
}

function wireOf(method: MethodSpec): Wire {
  let wire = wires.get(method);
  if (wire === undefined) {
    wire = { encode: encoder(method.args), decode: decoder(resultsOf(method), UPDATE_LIMITS) };
    wires.set(method, wire);
  }
  return wire;
}
