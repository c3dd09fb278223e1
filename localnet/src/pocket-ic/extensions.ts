import type { Principal } from '@dfinity/principal';

import type { ExecutionRecord, FaultAction } from '../replica/index.ts';
import { parseJson, stringifyJson, type Json } from '../web/exact-json.ts';

/** An execution and its number; the network's first has number 0. */
export interface NumberedExecution extends ExecutionRecord {
  readonly number: number;
}

/** Which executions to read. */
export interface ExecutionFilter {
  /** From this number on. Default: all that are kept, which are the last 10,000. */
  readonly since?: number;
  /** Of this canister only. */
  readonly canister?: Principal | string;
}

/** Executions, oldest first. */
export interface Executions {
  readonly executions: readonly NumberedExecution[];
  /** Number of the execution to come: `since` of the next reading. */
  readonly next: number;
}

/** Which calls between canisters go wrong, and how. Absent criteria match everything. */
export interface FaultRequest {
  /** The callee; `aaaaa-aa` for the management canister. */
  readonly to?: Principal | string;
  /** The caller. */
  readonly from?: Principal | string;
  readonly method?: string;
  /** Matching calls that go well before the first that does not. Default 0. */
  readonly skip?: number;
  /** Calls that go wrong. Default 1. */
  readonly times?: number | 'all';
  readonly action: FaultAction;
}

/** A fault and what it has done so far. */
export interface FaultReport extends FaultRequest {
  readonly id: number;
  /** Calls that matched, those skipped included. */
  readonly matched: number;
  /** Calls that went wrong. */
  readonly hits: number;
}

/**
 * The id of the instance that a `PocketIc` of @hadronous/pic drives. The client has no method for it,
 * so its `instancePath` is read, which TypeScript calls private.
 * @throws Error if the client is built otherwise than that of 0.11.
 */
export function instanceIdOf(pic: object): number {
  const client: unknown = Reflect.get(pic, 'client');
  const path: unknown =
    typeof client === 'object' && client !== null ? Reflect.get(client, 'instancePath') : undefined;
  const [, id] = (typeof path === 'string' && /^\/instances\/(\d+)$/.exec(path)) || [];
  if (id === undefined) throw new Error('This client does not tell the id of its instance.');
  return Number(id);
}

/** The executions of an instance, with instructions by the replica's cost table and cycles. */
export async function executions(
  url: string,
  instanceId: number,
  { since, canister }: ExecutionFilter = {},
): Promise<Executions> {
  const query = new URLSearchParams();
  if (since !== undefined) query.set('since', String(since));
  if (canister !== undefined) query.set('canister', canister.toString());
  const path = `executions?${query.toString()}`;
  const answer = (await request(url, instanceId, 'GET', path)) as unknown as Executions;
  const exact = (record: NumberedExecution) => ({ ...record, cycles: BigInt(record.cycles) });
  return { executions: answer.executions.map(exact), next: answer.next };
}

/** Forgets the executions so far. Their numbers are not given again. */
export async function clearExecutions(url: string, instanceId: number): Promise<void> {
  await request(url, instanceId, 'DELETE', 'executions');
}

/**
 * Names a canister, for the logs and tables of people who watch.
 * @param name 1 to 100 characters, no control characters and no `]`.
 */
export async function nameCanister(
  url: string,
  instanceId: number,
  canister: Principal | string,
  name: string,
): Promise<void> {
  await request(url, instanceId, 'POST', 'names', { canister: canister.toString(), name });
}

/** Makes calls between canisters go wrong from now on. */
export async function addFault(
  url: string,
  instanceId: number,
  { to, from, ...fault }: FaultRequest,
): Promise<FaultReport> {
  const body = {
    ...fault,
    to: to?.toString(),
    from: from?.toString(),
    action: { ...fault.action },
  };
  return (await request(url, instanceId, 'POST', 'faults', body)) as unknown as FaultReport;
}

/** The faults added since they were last cleared, ended ones included. */
export async function faults(url: string, instanceId: number): Promise<readonly FaultReport[]> {
  return (await request(url, instanceId, 'GET', 'faults')) as unknown as readonly FaultReport[];
}

/** Ends a fault and delivers the answers it holds, in the next round. */
export async function releaseFault(url: string, instanceId: number, id: number): Promise<void> {
  await request(url, instanceId, 'POST', 'faults/release', { id });
}

/** Ends all faults and delivers the answers they hold, in the next round. */
export async function clearFaults(url: string, instanceId: number): Promise<void> {
  await request(url, instanceId, 'DELETE', 'faults');
}

/** @throws Error with the server's own text. */
async function request(
  url: string,
  instanceId: number,
  method: string,
  path: string,
  body?: Json,
): Promise<Json> {
  const response = await fetch(`${url}/instances/${instanceId}/_/${path}`, {
    method,
    ...(body !== undefined && { body: stringifyJson(body) }),
  });
  const text = await response.text();
  if (response.ok) return parseJson(text);
  throw new Error(`${method} _/${path}: ${response.status} ${text}`);
}
