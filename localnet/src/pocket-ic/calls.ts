import { setImmediate } from 'node:timers/promises';

import type { CallResult, EffectivePrincipal, IngressMessage, Network } from '../replica/index.ts';
import { base64 } from './base64.ts';
import type { Json } from './exact-json.ts';
import type { Fields } from './fields.ts';
import { badRequest } from './request-error.ts';

/** Rounds in which a message must be answered. */
const MAX_ROUNDS = 100;

/** The call that a request describes. */
export function readCall(body: Fields): IngressMessage {
  return {
    sender: body.bytes('sender'),
    canisterId: body.bytes('canister_id'),
    method: body.text('method'),
    payload: body.bytes('payload'),
    effective: readEffectivePrincipal(body),
  };
}

/** Submits a call and runs rounds until it is answered. */
export async function execute(network: Network, message: IngressMessage): Promise<Json> {
  const submission = network.submitIngress(message);
  if (!submission.accepted) return resultJson(submission.error);
  return await awaitAnswer(network, submission.id);
}

/** Submits a call. The answer says how to ask for its result. */
export function submit(network: Network, body: Fields): Json {
  const submission = network.submitIngress(readCall(body));
  if (!submission.accepted) return resultJson(submission.error);
  const effective_principal = body.raw('effective_principal') ?? 'None';
  return { Ok: { effective_principal, message_id: base64(submission.id) } };
}

/** Runs rounds until a submitted call is answered; yields to the event loop between them. */
export async function awaitAnswer(network: Network, id: Uint8Array): Promise<Json> {
  for (let round = 0; ; round++) {
    const status = network.ingressStatus(id);
    if (status.state === 'done') return resultJson(status.result);
    const name = Buffer.from(id).toString('hex');
    if (status.state === 'unknown') throw badMessage(`Ingress message ${name} is unknown.`);
    if (round === MAX_ROUNDS) {
      throw badMessage(`Failed to answer to ingress ${name} after ${MAX_ROUNDS} rounds.`);
    }
    network.tick();
    await setImmediate();
  }
}

/** PocketIC 6's form of a call's outcome. */
export function resultJson(result: CallResult): Json {
  if (!result.ok) return { Err: { code: result.code, description: result.description } };
  return {
    Ok: result.kind === 'reply' ? { Reply: base64(result.reply) } : { Reject: result.message },
  };
}

function readEffectivePrincipal(body: Fields): EffectivePrincipal {
  const value = body.raw('effective_principal');
  if (value === undefined || value === 'None') return { kind: 'none' };
  const fields = body.object('effective_principal');
  if (fields.raw('SubnetId') !== undefined) return { kind: 'subnet', id: fields.bytes('SubnetId') };
  return { kind: 'canister', id: fields.bytes('CanisterId') };
}

function badMessage(text: string): Error {
  return badRequest(`BadIngressMessage(${JSON.stringify(text)})`);
}
