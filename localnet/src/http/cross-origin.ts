import type { Header, HttpAnswer } from '../web/http.ts';

/** Requests carry their own signatures, so pages of any origin may send them. */
const HEADERS: readonly Header[] = [
  ['access-control-allow-origin', '*'],
  ['access-control-allow-methods', 'GET, HEAD, POST, OPTIONS'],
  ['access-control-allow-headers', '*'],
  ['access-control-expose-headers', '*'],
];

/** Lets pages of any origin read an answer. */
export function allowAnyOrigin(answer: HttpAnswer): HttpAnswer {
  return { ...answer, headers: [...(answer.headers ?? []), ...HEADERS] };
}
