import { path, type Reject, rejectOf } from '../certification/index.ts';
import type { Instance } from '../instances/instance.ts';
import type { HttpAnswer } from '../web/http.ts';
import { badRequest } from '../web/request-error.ts';
import { effectivePrincipal, subnetAt } from './effective-canister.ts';
import type { CallContent } from './envelope.ts';
import { cborAnswer, type ApiVersion } from './answers.ts';
import { answeredWithin } from './answered-within.ts';

/** Milliseconds that a synchronous call waits for its answer. */
const SYNC_WAIT = 10_000;

/** An authenticated call. */
export interface SignedCall {
  readonly content: CallContent;
  readonly requestId: Uint8Array;
  /** The canister id in the URL. */
  readonly effective: Uint8Array;
  readonly version: ApiVersion;
}

/**
 * Takes in a call. v2 answers that it was taken in; later versions wait for the answer and certify it.
 * @throws RequestError 400; NetworkError if no subnet takes it.
 */
export async function call(instance: Instance, signed: SignedCall): Promise<HttpAnswer> {
  const { network, replays } = instance;
  const { content, requestId: id, effective, version } = signed;
  const { sender, canisterId, method, arg: payload, ingressExpiry } = content;
  const where = effectivePrincipal(network, content, effective);

  const submission = await instance.run(() => {
    if (replays.has(id) && network.ingressStatus(id).state === 'unknown') {
      throw badRequest('The request was executed before, and its answer is no longer kept.');
    }
    return network.submitIngress({ sender, canisterId, method, payload, effective: where, id });
  });
  if (!submission.accepted) return refused(rejectOf(submission.error), version);
  replays.add(id, ingressExpiry, network.now);
  instance.autoProgress.hurry();
  if (version === 2) return { status: 202, text: '' };

  if (!(await answeredWithin(network, id, SYNC_WAIT))) return { status: 202, text: '' };
  const certificate = instance.certifier.certificate({
    subnet: subnetAt(instance, effective),
    requestId: id,
    paths: [path('request_status', id)],
    time: network.now,
    layout: version === 3 ? 'subnet' : 'ranges',
  });
  return cborAnswer({ status: 'replied', certificate });
}

/** The answer to a call that was not let in: never executed, and therefore not certified. */
function refused(reject: Reject | null, version: ApiVersion): HttpAnswer {
  if (reject === null) throw new Error('A refused call was answered');
  const { code: reject_code, message: reject_message, errorCode: error_code } = reject;
  const body = { reject_code, reject_message, error_code };
  return cborAnswer(version === 2 ? body : { status: 'non_replicated_rejection', ...body });
}
