import { Principal } from '@dfinity/principal';

import { nodeKeys, type SubnetInfo, type SubnetKind, type SubnetSpec } from '../replica/index.ts';
import { base64 } from './base64.ts';
import type { Json } from '../web/exact-json.ts';
import type { Fields } from '../web/fields.ts';
import { badRequest } from '../web/request-error.ts';

/** Subnets there can be one of, by their field. */
const SINGLE: Readonly<Record<string, SubnetKind>> = {
  nns: 'NNS',
  sns: 'SNS',
  ii: 'II',
  fiduciary: 'Fiduciary',
  bitcoin: 'Bitcoin',
};
/** Subnets there can be any number of, by their field. */
const MANY: Readonly<Record<string, SubnetKind>> = {
  system: 'System',
  application: 'Application',
  verified_application: 'VerifiedApplication',
};

/**
 * The subnets asked for by a request for a new instance. Deterministic time slicing makes no
 * difference here (a message runs in one piece), so its flag is accepted either way.
 * @throws RequestError naming what is asked for and not there.
 */
export function subnetSpecs(body: Fields): SubnetSpec[] {
  only(body, ['subnet_config_set', 'nonmainnet_features'], 'option');
  const set = body.object('subnet_config_set');
  only(set, [...Object.keys(SINGLE), ...Object.keys(MANY)], 'subnet kind');
  const specs = [
    ...Object.entries(SINGLE).flatMap(([field, kind]) =>
      set.raw(field) === undefined ? [] : [spec(kind, set.object(field))],
    ),
    ...Object.entries(MANY).flatMap(([field, kind]) =>
      set.objects(field).map((config) => spec(kind, config)),
    ),
  ];
  if (specs.length === 0) throw badRequest('SubnetConfigSet must contain at least one subnet');
  return specs;
}

/** PocketIC 6's description of the subnets: a map by subnet id. */
export function topologyJson(subnets: readonly SubnetInfo[]): Json {
  return Object.fromEntries(
    subnets.map((subnet) => [
      Principal.fromUint8Array(subnet.id).toText(),
      {
        subnet_kind: subnet.kind,
        size: subnet.size,
        node_ids: Array.from({ length: subnet.size }, (_, index) => ({
          node_id: base64(nodeKeys(subnet.seed, index).id),
        })),
        canister_ranges: subnet.ranges.map(({ start, end }) => ({
          start: { canister_id: base64(start) },
          end: { canister_id: base64(end) },
        })),
        subnet_seed: Array.from(subnet.seed),
        instruction_config: subnet.instructionConfig,
      },
    ]),
  );
}

function spec(kind: SubnetKind, config: Fields): SubnetSpec {
  if (config.raw('state_config') !== 'New') {
    throw badRequest('state_config: localnet starts subnets New; FromPath is not supported.');
  }
  const instructionConfig = config.raw('instruction_config') ?? 'Production';
  if (instructionConfig !== 'Production' && instructionConfig !== 'Benchmarking') {
    throw badRequest('instruction_config must be Production or Benchmarking.');
  }
  return { kind, instructionConfig };
}

/** Refuses fields that localnet does not know, unless they ask for nothing. */
function only(fields: Fields, known: readonly string[], what: string): void {
  for (const name of fields.names()) {
    const value = fields.raw(name);
    const empty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!known.includes(name) && !empty) {
      throw badRequest(`localnet has no ${what} ${name}.`);
    }
  }
}
