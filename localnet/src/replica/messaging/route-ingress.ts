import { NetworkError } from '../errors/network-error.ts';
import { Refused } from '../errors/rejection.ts';
import { textOf } from '../ids.ts';
import { decodeArgument, managementMethod } from '../management/manage.ts';
import { canisterIn } from '../management/target.ts';
import { DEFAULT_ORDER } from '../topology/kinds.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { IngressMessage } from '../types.ts';
import type { World } from '../world.ts';

/**
 * The subnet that takes a message from outside.
 * @throws NetworkError if no subnet does.
 */
export function routeIngress(world: World, message: IngressMessage): Subnet {
  const { effective, canisterId } = message;
  if (effective?.kind === 'subnet') return subnetWithId(world, effective.id);
  if (effective?.kind === 'canister') return hostOf(world, effective.id);
  if (canisterId.length > 0) return hostOf(world, canisterId);
  const target = managementTarget(message);
  return target ? hostOf(world, target) : defaultSubnet(world);
}

/** Where canisters go that name no subnet. */
export function defaultSubnet(world: World): Subnet {
  for (const kind of DEFAULT_ORDER) {
    const subnet = world.subnets.find(({ info }) => info.kind === kind);
    if (subnet) return subnet;
  }
  throw new NetworkError('SubnetNotFound', 'The network has no subnet');
}

/** The canister id that a management call's argument carries, for routing. */
export function managementTarget({
  method,
  payload,
}: Pick<IngressMessage, 'method' | 'payload'>): Uint8Array | null {
  try {
    return canisterIn(decodeArgument(managementMethod(method), payload));
  } catch (error) {
    // What cannot be read is routed anywhere; the check that follows says why it is refused.
    if (error instanceof Refused) return null;
    throw error;
  }
}

function hostOf(world: World, id: Uint8Array): Subnet {
  const subnet = world.subnetOf(id);
  if (subnet) return subnet;
  const text = `Canister ${textOf(id)} belongs to no subnet of this network`;
  throw new NetworkError('CanisterNotFound', text);
}

function subnetWithId(world: World, id: Uint8Array): Subnet {
  const subnet = world.subnets.find(({ info }) => Buffer.compare(info.id, id) === 0);
  if (subnet) return subnet;
  throw new NetworkError('SubnetNotFound', `There is no subnet ${textOf(id)}`);
}
