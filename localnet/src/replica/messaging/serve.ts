import { prepay, refundUnused } from '../cycles/prepay.ts';
import { rejection, Refused, type Rejection } from '../errors/rejection.ts';
import { methodNotFound, Trap } from '../errors/trap.ts';
import { codeOf, execute } from '../execution/execute.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { type NewContext, openContext, settle } from './settle.ts';

/** A call that has reached its canister. */
export interface Call extends NewContext {
  readonly payload: Uint8Array;
}

/**
 * Executes a call in a new call context. Returns why it could not even start, if so: then nothing
 * has happened, and answering is the caller's business.
 */
export function serve(world: World, canister: Canister, call: Call): Rejection | null {
  const stopped = notRunning(canister);
  if (stopped) return stopped;
  const kind = replicatedKind(canister, call.method);
  if (typeof kind !== 'string') return kind;

  const limit = canister.subnet.limits.update;
  const prepaid = prepay(canister, limit, call.caller);
  if ('refused' in prepaid) return prepaid.refused;
  const context = openContext(world, canister, call);
  const { method, caller, payload } = call;
  const input = { kind, method, caller, arg: payload, limit, context };
  const entry = { name: `canister_${kind === 'update' ? 'update' : 'query'} ${method}` };
  const executed = execute(world, canister, input, entry, kind === 'update' ? 'commit' : 'undo');
  refundUnused(prepaid, executed.instructions);
  settle(world, canister, context, executed);
  return null;
}

/** Why a canister takes no calls, if it is not running. */
export function notRunning({ status, text }: Canister): Rejection | null {
  switch (status.kind) {
    case 'running':
      return null;
    case 'stopping':
      return rejection('CanisterStopping', `Canister ${text} is stopping`);
    case 'stopped':
      return rejection('CanisterStopped', `Canister ${text} is stopped`);
  }
}

function replicatedKind(
  canister: Canister,
  method: string,
): 'update' | 'replicated_query' | Rejection {
  try {
    switch (codeOf(canister).heap.module.methods.get(method)) {
      case 'update':
        return 'update';
      case 'query':
        return 'replicated_query';
      case 'composite_query':
        return rejection(
          'CompositeQueryCalledInReplicatedMode',
          'Composite query cannot be called in replicated mode',
        );
      case undefined:
        throw methodNotFound('update', method);
    }
  } catch (error) {
    return rejectionOf(error, canister);
  }
}

/** The rejection in a thrown trap or refusal; anything else is thrown on. */
export function rejectionOf(error: unknown, canister: Canister): Rejection {
  if (error instanceof Trap) return error.rejectionFrom(canister.text);
  if (error instanceof Refused) return error.rejection;
  throw error;
}
