import { Principal } from '@dfinity/principal';

import { LIMITS } from '../config/limits.ts';
import { ingressCost } from '../cycles/costs.ts';
import { withdraw } from '../cycles/prepay.ts';
import { NetworkError } from '../errors/network-error.ts';
import { rejection, Refused, type Rejection } from '../errors/rejection.ts';
import { execute } from '../execution/execute.ts';
import { textOf } from '../ids.ts';
import { decodeArgument, managementMethod } from '../management/manage.ts';
import { METHODS } from '../management/methods.ts';
import type { Canister } from '../state/canister.ts';
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

/** Why a message from outside is not let in, or null. Executes `inspect_message`. */
export function inspectIngress(
  world: World,
  subnet: Subnet,
  message: IngressMessage,
): Rejection | null {
  const { kind } = subnet.info;
  const most = kind === 'NNS' ? LIMITS.nnsIngressBytes : LIMITS.ingressBytes;
  if (message.payload.length > most) {
    throw new NetworkError(
      'BadIngressMessage',
      `Request of ${message.payload.length} bytes is larger than ${most} bytes`,
    );
  }
  try {
    return message.canisterId.length === 0
      ? inspectManagement(world, message)
      : inspectCanister(world, message);
  } catch (error) {
    if (error instanceof Refused) return error.rejection;
    throw error;
  }
}

function inspectCanister(world: World, message: IngressMessage): Rejection | null {
  const { canisterId, method, payload, sender } = message;
  const canister = world.canister(canisterId);
  if (canister === null) return notFound(canisterId);
  const bytes = Buffer.byteLength(method) + payload.length;
  const cost = ingressCost(canister.subnet, bytes);
  const balance = canister.cycles;
  const poor = withdraw(canister, cost, sender);
  canister.cycles = balance;
  if (poor) return poor;
  const { code, subnet } = canister;
  // Without code, execution itself will say so.
  if (!code?.heap.module.entryPoints.has('canister_inspect_message')) return null;
  const limit = subnet.limits.inspect;
  const input = {
    kind: 'inspect' as const,
    method,
    caller: sender,
    arg: payload,
    limit,
    context: null,
  };
  const name = 'canister_inspect_message';
  const { execution, trap } = execute(world, canister, input, { name }, 'undo');
  if (trap) return trap.rejectionFrom(canister.text);
  if (execution.messageAccepted) return null;
  const text = `Error from Canister ${canister.text}: Canister rejected the message`;
  return rejection('CanisterRejectedMessage', text);
}

function inspectManagement(
  world: World,
  { method, payload, sender }: IngressMessage,
): Rejection | null {
  const name = managementMethod(method);
  const argument = decodeArgument(name, payload);
  const { canistersOnly, controllersOnly } = METHODS[name];
  if (canistersOnly) {
    return rejection('CanisterRejectedMessage', `Only canisters can call ic00 method ${name}`);
  }
  if (name === 'fetch_canister_logs') {
    const text = 'fetch_canister_logs API is only accessible in non-replicated mode';
    return rejection('CanisterRejectedMessage', text);
  }
  const id = canisterIn(argument);
  if (id === null || !controllersOnly) return null;
  const canister = world.canister(id);
  if (canister === null) return notFound(id);
  if (canister.isController(sender)) return null;
  const text = `Only controllers of canister ${canister.text} can call ic00 method ${name}`;
  return rejection('CanisterInvalidController', text);
}

/** The canister that a management message from outside is about, who pays for taking it in. */
export function managedCanister(
  world: World,
  method: string,
  payload: Uint8Array,
): Canister | null {
  const name = managementMethod(method);
  if (!METHODS[name].controllersOnly) return null;
  const id = canisterIn(decodeArgument(name, payload));
  return id && world.canister(id);
}

/** The canister id that a management call's argument carries, for routing. */
function managementTarget({ method, payload }: IngressMessage): Uint8Array | null {
  try {
    return canisterIn(decodeArgument(managementMethod(method), payload));
  } catch (error) {
    // What cannot be read is routed anywhere; the check that follows says why it is refused.
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** `canister_id`, `target_canister` or `specified_id` of an argument. */
function canisterIn(argument: unknown): Uint8Array | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const fields = argument as Readonly<Record<string, unknown>>;
  const specified = fields['specified_id'];
  const id = fields['canister_id'] ?? fields['target_canister'];
  const found = id ?? (Array.isArray(specified) ? specified[0] : undefined);
  return found instanceof Principal ? found.toUint8Array() : null;
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

function notFound(id: Uint8Array): Rejection {
  return rejection('CanisterNotFound', `Canister ${textOf(id)} not found`);
}
