import { validateHeaderName, validateHeaderValue } from 'node:http';

import { IDL } from '@dfinity/candid';

import { rejectOf } from '../certification/index.ts';
import type { Instance } from '../instances/instance.ts';
import { ANONYMOUS_ID, type CallResult, NetworkError } from '../replica/index.ts';
import type { Header, HttpAnswer, HttpRequest } from '../web/http.ts';
import { RequestError } from '../web/request-error.ts';
import { answeredWithin } from './answered-within.ts';
import {
  type CanisterRequest,
  type CanisterResponse,
  type HeaderField,
  type Opaque,
  Piece,
  QueryRequest,
  Response,
  type StreamedPiece,
  UpdateRequest,
} from './http-types.ts';

/** Version of response certification that canisters are asked for, as by the IC's gateways. */
const CERTIFICATE_VERSION = 2;
/** Milliseconds that an `http_request_update` may take. */
const UPDATE_WAIT = 60_000;
/** Pieces of a streamed body at most. */
const MAX_PIECES = 1000;
/** Headers that the connection to the browser decides by itself. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

/**
 * Serves a plain HTTP request by a canister's `http_request`, and by `http_request_update` if it asks for
 * that. Unlike the IC's gateways, it does not verify that canisters certify their answers.
 */
export async function serveCanister(
  instance: Instance,
  request: HttpRequest,
  canisterId: Uint8Array,
): Promise<HttpAnswer> {
  try {
    const asked = canisterRequest(request);
    const arg = IDL.encode(
      [QueryRequest],
      [{ ...asked, certificate_version: [CERTIFICATE_VERSION] }],
    );
    const first = await query(instance, canisterId, 'http_request', arg);
    const response = decode<CanisterResponse>(Response, first);
    if (response.upgrade[0] !== true) return await answer(instance, response);
    const sent = IDL.encode([UpdateRequest], [asked]);
    return await answer(instance, decode(Response, await update(instance, canisterId, sent)));
  } catch (error) {
    if (error instanceof RequestError) return { status: error.status, text: error.message };
    if (error instanceof NetworkError) return { status: 400, text: error.message };
    throw error;
  }
}

function canisterRequest({ method, url, headers, body }: HttpRequest): CanisterRequest {
  const fields = Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((one): HeaderField => [name, one]),
  );
  return { method, url, headers: fields, body };
}

async function answer(instance: Instance, response: CanisterResponse): Promise<HttpAnswer> {
  const { status_code: status, body } = response;
  if (status < 200 || status > 599)
    throw badGateway(`The canister answered with status ${status}.`);
  const rest = await streamedBody(instance, response);
  const bytes = Buffer.concat([Uint8Array.from(body), ...rest]);
  return { status, headers: response.headers.map(header).filter(isForwarded), bytes };
}

/** The further pieces of a body, asked for one by one. */
async function streamedBody(
  instance: Instance,
  { streaming_strategy: [strategy] }: CanisterResponse,
): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  if (!strategy) return pieces;
  const [canister, method] = strategy.Callback.callback;
  let token: Opaque | undefined = strategy.Callback.token;
  while (token) {
    if (pieces.length === MAX_PIECES) throw badGateway(`The body has over ${MAX_PIECES} pieces.`);
    const arg = IDL.encode([token.type()], [token.valueOf()]);
    const reply = await query(instance, canister.toUint8Array(), method, arg);
    const piece: StreamedPiece | undefined = decode<[] | [StreamedPiece]>(IDL.Opt(Piece), reply)[0];
    if (piece) pieces.push(Uint8Array.from(piece.body));
    token = piece?.token[0];
  }
  return pieces;
}

async function query(
  instance: Instance,
  canisterId: Uint8Array,
  method: string,
  payload: Uint8Array,
): Promise<Uint8Array> {
  const message = { sender: ANONYMOUS_ID, canisterId, method, payload };
  return replyOf(await instance.run(() => instance.network.query(message)));
}

async function update(
  instance: Instance,
  canisterId: Uint8Array,
  payload: Uint8Array,
): Promise<Uint8Array> {
  const { network } = instance;
  const method = 'http_request_update';
  const message = { sender: ANONYMOUS_ID, canisterId, method, payload };
  const submission = await instance.run(() => network.submitIngress(message));
  if (!submission.accepted) return replyOf(submission.error);
  instance.autoProgress.hurry();
  const answered = await answeredWithin(network, submission.id, UPDATE_WAIT);
  const status = network.ingressStatus(submission.id);
  if (answered && status.state === 'done') return replyOf(status.result);
  throw new RequestError(504, `The canister did not answer within ${UPDATE_WAIT / 1000} s.`);
}

function replyOf(result: CallResult): Uint8Array {
  if (result.ok && result.kind === 'reply') return result.reply;
  const reject = rejectOf(result);
  throw badGateway(`The canister rejected the request: ${reject?.message} (${reject?.errorCode})`);
}

function decode<T>(type: IDL.Type, reply: Uint8Array): T {
  try {
    return IDL.decode([type], reply)[0] as T;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw badGateway(`The canister's answer is no HTTP response: ${why}`);
  }
}

function header([name, value]: HeaderField): Header {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw badGateway(`The canister answered with an invalid header ${JSON.stringify(name)}.`);
  }
  return [name, value];
}

function isForwarded([name]: Header): boolean {
  return !OWN_HEADERS.has(name.toLowerCase());
}

function badGateway(message: string): RequestError {
  return new RequestError(502, message);
}
