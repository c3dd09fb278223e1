import { Principal } from '@dfinity/principal';

import type { Instance } from '../instances/instance.ts';
import type { EffectivePrincipal, Network, SubnetInfo } from '../replica/index.ts';
import { badRequest } from '../web/request-error.ts';
import type { CallContent } from './envelope.ts';

/** Management methods that make the canister they are about: any canister id may stand in the URL. */
const CREATING = new Set(['create_canister', 'provisional_create_canister_with_cycles']);

/**
 * Checks that a call came by the URL of the canister it is about.
 * @param effective The canister id in the URL.
 * @returns Where it is to be executed.
 * @throws RequestError 400
 */
export function effectivePrincipal(
  network: Network,
  content: CallContent,
  effective: Uint8Array,
): EffectivePrincipal {
  const { canisterId, method, arg } = content;
  const management = canisterId.length === 0;
  if (management && effective.length === 0) return { kind: 'none' };
  const target = management ? managed(network, method, arg) : canisterId;
  if (target !== null && Buffer.compare(target, effective) !== 0) {
    throw badRequest(
      `Specified CanisterId ${textOf(target)} does not match effective canister id in URL ${textOf(effective)}`,
    );
  }
  return { kind: 'canister', id: effective };
}

/**
 * The subnet that answers for a canister id in a URL. For `aaaaa-aa` the root subnet does: agents accept
 * a delegation only for canister ids of its subnet, and that is none.
 * @throws RequestError 400 if no subnet hosts such ids.
 */
export function subnetAt({ network, certifier }: Instance, effective: Uint8Array): SubnetInfo {
  if (effective.length === 0) return certifier.root;
  const subnet = network.subnetHosting(effective);
  if (subnet) return subnet;
  throw badRequest(`Canister ${textOf(effective)} belongs to no subnet of this network.`);
}

/** The canister that a management call is about; null if any may stand in the URL. */
function managed(network: Network, method: string, arg: Uint8Array): Uint8Array | null {
  return CREATING.has(method) ? null : network.managedCanister(method, arg);
}

function textOf(id: Uint8Array): string {
  return Principal.fromUint8Array(id).toText();
}
