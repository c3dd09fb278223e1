import { Principal } from '@dfinity/principal';

import {
  type Fault,
  type FaultAction,
  type FaultRule,
  REJECT,
  type RejectCode,
} from '../../replica/index.ts';
import type { Json } from '../../web/exact-json.ts';
import type { Fields } from '../../web/fields.ts';
import type { Operation } from '../operations.ts';
import { badRequest } from '../../web/request-error.ts';

/** Adding, listing, releasing and dropping faults of calls between canisters. */
export const FAULT_OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST _/faults': ({ network, body }) => faultJson(network.faults.add(readRule(body))),

  'GET _/faults': ({ network }) => network.faults.list().map(faultJson),

  'POST _/faults/release': ({ network, body }) => {
    const id = body.u64('id');
    const fault = network.faults.list().find((candidate) => BigInt(candidate.id) === id);
    if (!fault) throw badRequest(`FaultNotFound(${id})`);
    fault.release();
    return null;
  },

  'DELETE _/faults': ({ network }) => {
    network.faults.clear();
    return null;
  },
};

/** A fault as JSON: what it was made of, and what it has done. */
function faultJson({ id, rule, matched, hits }: Fault): Json {
  const { to, from, method, skip, times, action } = rule;
  return {
    id,
    to: to && textOf(to),
    from: from && textOf(from),
    method,
    skip,
    times: times === Infinity ? 'all' : times,
    action: { ...action },
    matched,
    hits,
  };
}

function readRule(body: Fields): FaultRule {
  const to = body.principal('to');
  const from = body.principal('from');
  const method = body.raw('method') === undefined ? undefined : body.text('method');
  const skip = optionalCount(body, 'skip');
  const times = body.raw('times') === 'all' ? Infinity : optionalCount(body, 'times');
  return {
    ...(to && { to }),
    ...(from && { from }),
    ...(method !== undefined && { method }),
    ...(skip !== undefined && { skip }),
    ...(times !== undefined && { times }),
    action: readAction(body.object('action')),
  };
}

function readAction(action: Fields): FaultAction {
  const kind = action.text('kind');
  switch (kind) {
    case 'reject':
      return { kind, code: readCode(action), message: action.text('message') };
    case 'lose-answer': {
      const code = action.raw('code') === undefined ? undefined : readCode(action);
      const message = action.raw('message') === undefined ? undefined : action.text('message');
      return { kind, ...(code && { code }), ...(message !== undefined && { message }) };
    }
    case 'delay-rounds':
      return { kind, rounds: Number(action.u64('rounds')) };
    case 'hold-answer':
    case 'trap-callback':
      return { kind };
    default:
      throw badRequest(`localnet has no fault action ${kind}.`);
  }
}

function readCode(action: Fields): RejectCode {
  const code = Number(action.u64('code'));
  const known = Object.values(REJECT).find((candidate) => candidate === code);
  if (known === undefined) throw badRequest(`Reject codes are 1 to 6, not ${code}.`);
  return known;
}

function optionalCount(body: Fields, name: string): number | undefined {
  return body.raw(name) === undefined ? undefined : Number(body.u64(name));
}

function textOf(id: Uint8Array): string {
  return Principal.fromUint8Array(id).toText();
}
