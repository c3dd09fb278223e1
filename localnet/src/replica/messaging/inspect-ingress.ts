import { LIMITS } from '../config/limits.ts';
import { ingressCost } from '../cycles/costs.ts';
import { withdraw } from '../cycles/prepay.ts';
import { NetworkError } from '../errors/network-error.ts';
import { rejection, Refused, type Rejection } from '../errors/rejection.ts';
import { execute } from '../execution/execute.ts';
import { textOf } from '../ids.ts';
import { decodeArgument, managementMethod } from '../management/manage.ts';
import { METHODS } from '../management/methods.ts';
import { canisterIn } from '../management/target.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { IngressMessage } from '../types.ts';
import type { World } from '../world.ts';

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

function notFound(id: Uint8Array): Rejection {
  return rejection('CanisterNotFound', `Canister ${textOf(id)} not found`);
}
