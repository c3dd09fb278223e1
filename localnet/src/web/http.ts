import type { IncomingMessage, ServerResponse } from 'node:http';

import { type Json, parseJson, stringifyJson } from './exact-json.ts';
import { Fields } from './fields.ts';
import { badRequest, RequestError } from './request-error.ts';

/** Largest request body in bytes: what still fits a JavaScript string. */
const MAX_BODY = 500 * 1024 * 1024;

/** A request, read whole. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Path without query and trailing slash. */
  readonly path: string;
  /** What stands after `?`. */
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

/** What is answered: JSON, plain text or bytes, or nothing. */
export type HttpAnswer = {
  readonly status: number;
  /** Beside, or instead of, the content type that goes with the body. Names may repeat. */
  readonly headers?: readonly Header[];
} & ({ readonly json: Json } | { readonly text: string } | { readonly bytes: Uint8Array });

/** Name and value of a header. */
export type Header = readonly [name: string, value: string];

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
  return { method, url, path, query, headers, body: Buffer.concat(chunks) };
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
  const { headers = [] } = answer;
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const all = typed ? headers : [['content-type', contentType(answer)] as const, ...headers];
  response.writeHead(answer.status, all.flat());
  if ('json' in answer) response.end(stringifyJson(answer.json));
  else response.end('text' in answer ? answer.text : answer.bytes);
}

function contentType(answer: HttpAnswer): string {
  if ('json' in answer) return 'application/json';
  return 'text' in answer ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
