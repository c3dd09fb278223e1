import { NetworkError } from '../errors/network-error.ts';
import { keyOf } from '../ids.ts';
import type { SubnetSpec } from '../types.ts';
import { derive, subnetKeys } from './keys.ts';
import { KIND_ORDER, KINDS } from './kinds.ts';
import { allocation, rangesOf } from './ranges.ts';
import { Subnet } from './subnet.ts';

/** Kinds of which a network has one at most. */
const SINGLE = new Set(['NNS', 'SNS', 'II', 'Fiduciary', 'Bitcoin']);

/**
 * Makes the subnets of a network, in PocketIC's order of kinds, which decides their canister ids.
 * @param seed 32 bytes that all keys and randomness follow from.
 * @throws NetworkError `InvalidArgument` for no subnet at all, or two of a kind that is single.
 */
export function createSubnets(
  specs: readonly SubnetSpec[],
  seed: Uint8Array,
  now: bigint,
): Subnet[] {
  const sorted = KIND_ORDER.flatMap((kind) => specs.filter((spec) => spec.kind === kind));
  if (sorted.length === 0) {
    throw new NetworkError('InvalidArgument', 'A network needs at least one subnet');
  }
  for (const [index, { kind }] of sorted.entries()) {
    if (SINGLE.has(kind) && sorted[index + 1]?.kind === kind) {
      throw new NetworkError('InvalidArgument', `There can be only one ${kind} subnet`);
    }
  }
  return sorted.map(({ kind, instructionConfig = 'Production' }, order) => {
    const own = derive(seed, 'subnet', order);
    const { id, publicKey } = subnetKeys(own);
    const range = allocation(order);
    const info = {
      id,
      kind,
      size: KINDS[kind].size,
      instructionConfig,
      ranges: rangesOf(kind, range),
      publicKey,
      seed: own,
    };
    return new Subnet(info, keyOf(id), range, now);
  });
}
