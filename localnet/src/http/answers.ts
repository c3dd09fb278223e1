import { encodeCbor } from '../web/cbor.ts';
import type { HttpAnswer } from '../web/http.ts';

/** Version of an endpoint. */
export type ApiVersion = 2 | 3 | 4;

/** 200 with self-described CBOR. */
export function cborAnswer(value: unknown): HttpAnswer {
  return {
    status: 200,
    bytes: encodeCbor(value),
    headers: [['content-type', 'application/cbor']],
  };
}
