import { Principal } from '@dfinity/principal';

import type { Instance } from '../instances/instance.ts';
import { NetworkError } from '../replica/index.ts';
import type { HttpAnswer, HttpRequest } from '../web/http.ts';
import { badRequest, notFound, RequestError } from '../web/request-error.ts';
import { type ApiVersion, cborAnswer } from './answers.ts';
import { authenticate } from './authenticate.ts';
import { call } from './call.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { query } from './query.ts';
import { readCanisterState, readSubnetState } from './read-state.ts';

/** Bytes of a request at most, as at the IC's boundary. */
const MAX_BODY = 4 * 1024 * 1024;

/** Versions of each endpoint. */
const VERSIONS: Readonly<Record<string, readonly ApiVersion[]>> = {
  'canister call': [2, 3, 4],
  'canister query': [2, 3],
  'canister read_state': [2, 3],
  'subnet read_state': [2, 3],
};

/**
 * Answers a request of the IC's HTTP interface, as agents speak it. Never rejects: what cannot be
 * served is answered with a plain text.
 * @param parts The path below `/api`: version, collection, id, operation.
 */
export async function answerAgent(
  instance: Instance,
  request: HttpRequest,
  parts: readonly string[],
): Promise<HttpAnswer> {
  try {
    return allowAnyOrigin(await route(instance, request, parts));
  } catch (error) {
    return allowAnyOrigin(failure(error));
  }
}

async function route(
  instance: Instance,
  request: HttpRequest,
  parts: readonly string[],
): Promise<HttpAnswer> {
  const { method } = request;
  if (method === 'OPTIONS') return { status: 204, text: '' };
  const [versionText, collection, idText, operation] = parts;
  if (parts.join('/') === 'v2/status' && method === 'GET') return status(instance);

  const endpoint = `${collection} ${operation}`;
  const version = VERSIONS[endpoint]?.find((known) => versionText === `v${known}`);
  if (parts.length !== 4 || version === undefined) {
    throw notFound(`localnet has no endpoint /api/${parts.join('/')}.`);
  }
  if (method !== 'POST') throw new RequestError(405, `${endpoint} is to be sent by POST.`);
  if (request.body.length > MAX_BODY) {
    throw new RequestError(413, `The request exceeds ${MAX_BODY} bytes.`);
  }
  const id = principal(idText!);
  const envelope = readEnvelope(request.body);
  authenticate(envelope, instance.network.now);
  return await operate(instance, endpoint, version, id, envelope);
}

async function operate(
  instance: Instance,
  endpoint: string,
  version: ApiVersion,
  id: Uint8Array,
  { content, requestId }: Envelope,
): Promise<HttpAnswer> {
  const layout = version === 2 ? 'subnet' : 'ranges';
  if (endpoint === 'canister call' && content.type === 'call') {
    return await call(instance, { content, requestId, effective: id, version });
  }
  if (endpoint === 'canister query' && content.type === 'query') {
    return await query(instance, content, requestId, id);
  }
  if (endpoint === 'canister read_state' && content.type === 'read_state') {
    return await instance.run(() => readCanisterState(instance, content, id, layout));
  }
  if (endpoint === 'subnet read_state' && content.type === 'read_state') {
    return await instance.run(() => readSubnetState(instance, content, id, layout));
  }
  throw badRequest(`A request of type ${content.type} was sent to ${endpoint}.`);
}

function status({ network }: Instance): HttpAnswer {
  return cborAnswer({
    ic_api_version: '0.18.0',
    impl_version: 'localnet',
    replica_health_status: 'healthy',
    root_key: network.rootKey,
  });
}

function principal(text: string): Uint8Array {
  try {
    return Principal.fromText(text).toUint8Array();
  } catch (cause) {
    throw badRequest(`${text} is not a principal.`, cause);
  }
}

function failure(error: unknown): HttpAnswer {
  if (error instanceof RequestError) return { status: error.status, text: error.message };
  if (error instanceof NetworkError) return { status: 400, text: error.message };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, text: `localnet failed: ${text}` };
}
