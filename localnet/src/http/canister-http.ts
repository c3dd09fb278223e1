import { validateHeaderName, validateHeaderValue } from 'node:http';

import { IDL } from '@dfinity/candid';

import type { Instance } from '../instances/instance.ts';
import { NetworkError } from '../replica/index.ts';
import type { Header, HttpAnswer, HttpRequest } from '../web/http.ts';
import { RequestError } from '../web/request-error.ts';
import { badGateway, queryCanister, updateCanister } from './canister-calls.ts';
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
/** Bytes of a body at most, and pieces of one that is streamed. */
const MAX_BODY = 256 * 1024 * 1024;
const MAX_PIECES = 10_000;
/** Headers that the connection to the client decides by itself. */
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
    const reply = await queryCanister(instance, canisterId, 'http_request', arg);
    const response = decode<CanisterResponse>(Response, reply);
    if (response.upgrade[0] !== true) return await answer(instance, response);
    const sent = IDL.encode([UpdateRequest], [asked]);
    const updated = await updateCanister(instance, canisterId, 'http_request_update', sent);
    return await answer(instance, decode(Response, updated));
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
  const { status_code: status, headers } = response;
  if (status < 200 || status > 599) {
    throw badGateway(`The canister answered with status ${status}.`);
  }
  const bytes = Buffer.concat(await pieces(instance, response));
  return { status, headers: headers.map(header).filter(isForwarded), bytes };
}

/** The body, of which what is streamed is asked for piece by piece. */
async function pieces(
  instance: Instance,
  { body, streaming_strategy: [strategy] }: CanisterResponse,
): Promise<Uint8Array[]> {
  const all = [Uint8Array.from(body)];
  if (!strategy) return all;
  const [canister, method] = strategy.Callback.callback;
  let token: Opaque | undefined = strategy.Callback.token;
  let size = body.length;
  while (token) {
    const arg = IDL.encode([token.type()], [token.valueOf()]);
    const reply = await queryCanister(instance, canister.toUint8Array(), method, arg);
    const [piece] = decode<[] | [StreamedPiece]>(IDL.Opt(Piece), reply);
    if (!piece) return all;
    all.push(Uint8Array.from(piece.body));
    size += piece.body.length;
    if (size > MAX_BODY || all.length > MAX_PIECES) throw badGateway('The body does not end.');
    token = piece.token[0];
  }
  return all;
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
