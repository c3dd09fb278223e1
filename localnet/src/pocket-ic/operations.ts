import { Principal } from '@dfinity/principal';

import type { Network } from '../replica/index.ts';
import { base64 } from './base64.ts';
import type { BlobStore } from './blob-store.ts';
import { awaitAnswer, execute, query, submit } from './calls.ts';
import type { Json } from '../web/exact-json.ts';
import { CANISTER_OPERATIONS } from './extensions/canisters.ts';
import { EXECUTION_OPERATIONS } from './extensions/executions.ts';
import { FAULT_OPERATIONS } from './extensions/faults.ts';
import type { Fields } from '../web/fields.ts';
import type { Instance } from '../instances/instance.ts';
import { badRequest } from '../web/request-error.ts';

/** What an operation has to work with. */
export interface OperationContext {
  readonly instance: Instance;
  readonly network: Network;
  /** The request's body; empty if there was none. */
  readonly body: Fields;
  /** What stands after `?` in its URL. */
  readonly query: URLSearchParams;
  readonly blobs: BlobStore;
}

/** An operation on an instance; its answer is the JSON body. */
export type Operation = (context: OperationContext) => Json | Promise<Json>;

/** Operations by HTTP method and path below the instance. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...CANISTER_OPERATIONS,
  ...EXECUTION_OPERATIONS,
  ...FAULT_OPERATIONS,

  'POST update/tick': ({ network }) => {
    network.tick();
    return null;
  },

  'GET read/get_time': ({ network }) => ({ nanos_since_epoch: network.now }),

  'POST update/set_time': ({ network, body }) => {
    network.setTime(body.u64('nanos_since_epoch'));
    return null;
  },

  'POST read/get_subnet': ({ network, body }) => {
    const id = body.bytes('canister_id');
    const subnet = network.subnetOf(id);
    return subnet ? { subnet_id: base64(subnet.id) } : null;
  },

  'POST read/get_cycles': ({ network, body }) => ({
    cycles: network.cyclesBalance(existing(network, body)),
  }),

  'POST update/add_cycles': ({ network, body }) => ({
    cycles: network.addCycles(existing(network, body), body.u128('amount')),
  }),

  'POST read/pub_key': ({ network, body }) => {
    const id = Buffer.from(body.bytes('subnet_id'));
    const subnet = network.topology.find((candidate) => id.equals(candidate.id));
    if (!subnet) throw badRequest(`SubnetNotFound(${Principal.fromUint8Array(id).toText()})`);
    return Array.from(subnet.publicKey);
  },

  'POST read/get_stable_memory': ({ network, body }) => ({
    blob: base64(network.stableMemory(existing(network, body))),
  }),

  'POST update/set_stable_memory': ({ network, body, blobs }) => {
    const blob = blobs.get(Buffer.from(body.bytes('blob_id')).toString('hex'));
    network.setStableMemory(existing(network, body), blob);
    return null;
  },

  'POST update/execute_ingress_message': ({ network, body }) => execute(network, body),
  'POST update/submit_ingress_message': ({ network, body }) => submit(network, body),
  'POST update/await_ingress_message': ({ network, body }) => awaitAnswer(network, body),
  'POST read/query': ({ network, body }) => query(network, body),

  // The management canister of localnet refuses http_request, so none is ever pending.
  'GET read/get_canister_http': () => [],

  'POST update/mock_canister_http': ({ body }) => {
    throw badRequest(`InvalidCanisterHttpRequestId(${body.u64('request_id')})`);
  },

  'POST auto_progress': ({ instance, body }) => {
    const given = body.raw('artificial_delay_ms') !== undefined;
    instance.autoProgress.start(given ? Number(body.u64('artificial_delay_ms')) : undefined);
    return null;
  },

  'POST stop_progress': ({ instance }) => {
    instance.autoProgress.stop();
    return null;
  },
};

function existing(network: Network, body: Fields): Uint8Array {
  const id = body.bytes('canister_id');
  if (!network.canisterExists(id)) {
    throw badRequest(`CanisterNotFound(${Principal.fromUint8Array(id).toText()})`);
  }
  return id;
}
