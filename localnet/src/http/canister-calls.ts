import { rejectOf } from '../certification/index.ts';
import type { Instance } from '../instances/instance.ts';
import { ANONYMOUS_ID, type CallResult } from '../replica/index.ts';
import { RequestError } from '../web/request-error.ts';
import { answeredWithin } from './answered-within.ts';

/** Milliseconds that an update call may take. */
const UPDATE_WAIT = 60_000;

/** Queries a canister anonymously. @throws RequestError 502 if it is rejected. */
export async function queryCanister(
  instance: Instance,
  canisterId: Uint8Array,
  method: string,
  payload: Uint8Array,
): Promise<Uint8Array> {
  const message = { sender: ANONYMOUS_ID, canisterId, method, payload };
  return replyOf(await instance.run(() => instance.network.query(message)));
}

/**
 * Calls a canister anonymously and waits for its answer. Somebody else must make the network progress.
 * @throws RequestError 502 if it is rejected, 504 if there is no answer within a minute.
 */
export async function updateCanister(
  instance: Instance,
  canisterId: Uint8Array,
  method: string,
  payload: Uint8Array,
): Promise<Uint8Array> {
  const { network } = instance;
  const message = { sender: ANONYMOUS_ID, canisterId, method, payload };
  const submission = await instance.run(() => network.submitIngress(message));
  if (!submission.accepted) return replyOf(submission.error);
  instance.autoProgress.hurry();
  await answeredWithin(network, submission.id, UPDATE_WAIT);
  const status = network.ingressStatus(submission.id);
  if (status.state === 'done') return replyOf(status.result);
  throw new RequestError(504, `The canister did not answer within ${UPDATE_WAIT / 1000} s.`);
}

/** 502: the canister has failed. */
export function badGateway(message: string): RequestError {
  return new RequestError(502, message);
}

function replyOf(result: CallResult): Uint8Array {
  if (result.ok && result.kind === 'reply') return result.reply;
  const reject = rejectOf(result);
  throw badGateway(`The canister rejected the request: ${reject?.message} (${reject?.errorCode})`);
}
