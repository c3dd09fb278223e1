import type { IncomingMessage, ServerResponse } from 'node:http';

import { type Json, parseJson, stringifyJson } from './exact-json.ts';
import { Fields } from './fields.ts';
import { badRequest, RequestError } from './request-error.ts';

/** Largest request body in bytes: what still fits a JavaScript string. */
const MAX_BODY = 500 * 1024 * 1024;

/** A request, read whole. */
export interface HttpRequest {
  readonly method: string;
  /** Path without query and trailing slash. */
  readonly path: string;
  /** What stands after `?`. */
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

/** What is answered: JSON, plain text or bytes, or nothing. */
export type HttpAnswer =
  | { readonly status: number; readonly json: Json }
  | { readonly status: number; readonly text: string }
  | { readonly status: number; readonly bytes: Uint8Array };

/** Reads a request whole. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new RequestError(413, `The body exceeds ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  const { url = '/', method = 'GET', headers } = message;
  const question = url.indexOf('?');
  const path = (question < 0 ? url : url.slice(0, question)).replace(/\/+$/, '');
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question));
  return { method, path, query, headers, body: Buffer.concat(chunks) };
}

/** The JSON object in a request's body; an empty one if the body is empty. */
export function jsonFields(request: HttpRequest): Fields {
  if (request.body.length === 0) return new Fields({});
  let value: Json;
  try {
    value = parseJson(Buffer.from(request.body).toString('utf8'));
  } catch (cause) {
    throw badRequest('The request body is not JSON.', cause);
  }
  return new Fields(value);
}

/** Writes an answer. */
export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  if ('json' in answer) {
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(stringifyJson(answer.json));
  } else if ('text' in answer) {
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(answer.text);
  } else {
    response.writeHead(answer.status, { 'content-type': 'application/octet-stream' });
    response.end(answer.bytes);
  }
}
