import { rejection, Refused, resultOf } from '../errors/rejection.ts';
import { runQuery } from '../execution/query.ts';
import { textOf } from '../ids.ts';
import { LATER } from '../management/later.ts';
import { dispatch, managementMethod, refusalOf } from '../management/manage.ts';
import { METHODS } from '../management/methods.ts';
import type { CallResult, IngressMessage } from '../types.ts';
import type { World } from '../world.ts';
import { defaultSubnet } from './route-ingress.ts';

/** Executes a query from outside, on a canister or the management canister. Nothing changes. */
export function answerQuery(world: World, message: IngressMessage): CallResult {
  const { sender, canisterId, method, payload } = message;
  if (canisterId.length === 0) return askManagement(world, message);
  const subnet = world.subnetOf(canisterId);
  if (subnet === null) {
    const why = rejection('CanisterNotFound', `Canister ${textOf(canisterId)} not found`);
    return resultOf({ rejection: why });
  }
  const budget = { remaining: subnet.limits.query };
  const query = { caller: sender, method, arg: payload, depth: 0, budget };
  return resultOf(runQuery(world, canisterId, query));
}

function askManagement(world: World, { sender, method, payload }: IngressMessage): CallResult {
  const call = {
    origin: { kind: 'system' as const },
    method,
    payload,
    caller: sender,
    callerCanister: null,
    senderVersion: null,
    cycles: 0n,
  };
  try {
    if (!METHODS[managementMethod(method)].query) {
      throw new Refused('CanisterMethodNotFound', `Query method ${method} not found.`);
    }
    const reply = dispatch({ world, subnet: defaultSubnet(world), call });
    if (reply === LATER) throw new Error(`${method} gave no answer to a query`);
    return resultOf({ reply });
  } catch (error) {
    return resultOf({ rejection: refusalOf(error) });
  }
}
