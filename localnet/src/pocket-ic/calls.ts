import type { CallResult, EffectivePrincipal, IngressMessage, Network } from '../replica/index.ts';
import { base64 } from './base64.ts';
import type { Json } from '../web/exact-json.ts';
import type { Fields } from '../web/fields.ts';
import { badRequest } from '../web/request-error.ts';

/** Submits a call and runs rounds until it is answered. */
export async function execute(network: Network, body: Fields): Promise<Json> {
  return resultJson(await network.executeIngress(readCall(body)));
}

/** Submits a call. The answer says how to ask for its result. */
export function submit(network: Network, body: Fields): Json {
  const submission = network.submitIngress(readCall(body));
  if (!submission.accepted) return resultJson(submission.error);
  const effective_principal = body.raw('effective_principal') ?? 'None';
  return { Ok: { effective_principal, message_id: base64(submission.id) } };
}

/** Runs rounds until a submitted call is answered. */
export async function awaitAnswer(network: Network, body: Fields): Promise<Json> {
  const id = body.bytes('message_id');
  if (network.ingressStatus(id).state === 'unknown') {
    const name = Buffer.from(id).toString('hex');
    throw badRequest(`BadIngressMessage("Ingress message 0x${name} is unknown.")`);
  }
  return resultJson(await network.awaitIngress(id));
}

/** Asks a query. */
export function query(network: Network, body: Fields): Json {
  return resultJson(network.query(readCall(body)));
}

/** The call that a request describes. */
function readCall(body: Fields): IngressMessage {
  return {
    sender: body.bytes('sender'),
    canisterId: body.bytes('canister_id'),
    method: body.text('method'),
    payload: body.bytes('payload'),
    effective: readEffectivePrincipal(body),
  };
}

/** PocketIC 6's form of a call's outcome. */
function resultJson(result: CallResult): Json {
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
