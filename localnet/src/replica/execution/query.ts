import { LIMITS } from '../config/limits.ts';
import { isFrozen } from '../cycles/prepay.ts';
import { noReply, type Outcome, rejection, type Rejection } from '../errors/rejection.ts';
import { methodNotFound, Trap } from '../errors/trap.ts';
import { textOf } from '../ids.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { runComposite } from './composite-query.ts';
import { codeOf, execute } from './execute.ts';

/** A query on its way, also one made by a composite query. */
export interface Query {
  readonly caller: Uint8Array;
  readonly method: string;
  readonly arg: Uint8Array;
  /** 0 for a query from outside. */
  readonly depth: number;
  /** Instructions left for the whole tree of calls. */
  readonly budget: { remaining: number };
}

/** Executes a query that is not replicated: all its changes are dropped. */
export function runQuery(world: World, id: Uint8Array, query: Query): Outcome {
  const canister = world.canister(id);
  if (canister === null) {
    return fail(rejection('CanisterNotFound', `Canister ${textOf(id)} not found`));
  }
  const refused = cannotQuery(canister, query);
  if (refused) return fail(refused);
  try {
    const kind = codeOf(canister).heap.module.methods.get(query.method);
    if (kind === 'composite_query') return runComposite(world, canister, query, runQuery);
    if (kind !== 'query') throw methodNotFound('query', query.method);
    return runPlain(world, canister, query);
  } catch (error) {
    if (error instanceof Trap) return fail(error.rejectionFrom(canister.text));
    throw error;
  }
}

function runPlain(world: World, canister: Canister, query: Query): Outcome {
  const { caller, method, arg, budget } = query;
  const limit = Math.min(canister.subnet.limits.query, budget.remaining);
  const input = { kind: 'query' as const, method, caller, arg, limit, context: null };
  const entry = { name: `canister_query ${method}` };
  const { execution, trap, instructions } = execute(world, canister, input, entry, 'undo');
  budget.remaining -= instructions;
  if (trap !== null) throw trap;
  return execution.outcome ?? fail(noReply(canister.text));
}

function cannotQuery(canister: Canister, { depth, budget }: Query): Rejection | null {
  const { status, text } = canister;
  if (status.kind !== 'running') {
    const error = status.kind === 'stopped' ? 'CanisterStopped' : 'CanisterStopping';
    const why = `Canister ${text} is ${status.kind} and therefore does not have a CallContextManager`;
    return rejection(error, why);
  }
  if (isFrozen(canister)) {
    return rejection('CanisterOutOfCycles', `Canister ${text} is out of cycles`);
  }
  if (depth > LIMITS.compositeDepth) {
    return rejection('QueryCallGraphTooDeep', 'Query call graph is too deep');
  }
  if (budget.remaining > 0) return null;
  const why = 'Query call graph exceeded its limit of instructions';
  return rejection('QueryCallGraphTotalInstructionLimitExceeded', why);
}

function fail(why: Rejection): Outcome {
  return { rejection: why };
}
