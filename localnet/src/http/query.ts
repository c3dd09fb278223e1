import { rejectOf, signAsNode } from '../certification/index.ts';
import type { Instance } from '../instances/instance.ts';
import type { CallResult } from '../replica/index.ts';
import type { HttpAnswer } from '../web/http.ts';
import { cborAnswer } from './answers.ts';
import { hashOfMap } from './content-hash.ts';
import { effectivePrincipal, subnetAt } from './effective-canister.ts';
import type { CallContent } from './envelope.ts';

const RESPONSE_DOMAIN = Buffer.from('\x0Bic-response');

/**
 * Answers an authenticated query, signed by a node of the subnet.
 * @param effective The canister id in the URL.
 * @throws RequestError 400
 */
export async function query(
  instance: Instance,
  content: CallContent,
  requestId: Uint8Array,
  effective: Uint8Array,
): Promise<HttpAnswer> {
  const { network } = instance;
  const { sender, canisterId, method, arg: payload } = content;
  const where = effectivePrincipal(network, content, effective);
  const subnet = subnetAt(instance, effective);
  return await instance.run(() => {
    const result = network.query({ sender, canisterId, method, payload, effective: where });
    const timestamp = network.now;
    const outcome = outcomeOf(result);
    const hash = hashOfMap([
      ...Object.entries(outcome).map(([name, value]) => [name, hashable(value)] as const),
      ['timestamp', timestamp],
      ['request_id', requestId],
    ]);
    const signature = signAsNode(subnet, Buffer.concat([RESPONSE_DOMAIN, hash]));
    return cborAnswer({ ...outcome, signatures: [{ timestamp, ...signature }] });
  });
}

/** The fields of the interface specification's query answer. */
function outcomeOf(result: CallResult): Readonly<Record<string, unknown>> {
  const reject = rejectOf(result);
  if (reject) {
    const { code: reject_code, message: reject_message, errorCode: error_code } = reject;
    return { status: 'rejected', reject_code, reject_message, error_code };
  }
  const arg = result.ok && result.kind === 'reply' ? result.reply : new Uint8Array();
  return { status: 'replied', reply: { arg } };
}

/** Maps are hashed as `Map`. */
function hashable(value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
  return isMap ? new Map(Object.entries(value)) : value;
}
