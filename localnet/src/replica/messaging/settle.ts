import type { Executed } from '../execution/execute.ts';
import { noReply, type Outcome, type Rejection } from '../errors/rejection.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { answer } from './answer.ts';
import type { CallContext } from './call-context.ts';
import type { CallOrigin } from './message.ts';
import { sendCalls } from './send.ts';
import { finishStopping } from './stopping.ts';

/** What a new call context starts from. */
export interface NewContext {
  readonly origin: CallOrigin;
  readonly method: string;
  readonly caller: Uint8Array;
  readonly cycles: bigint;
  readonly deadline: bigint;
}

/** Opens a call context on a canister. */
export function openContext(world: World, canister: Canister, from: NewContext): CallContext {
  const { origin, method, caller, deadline, cycles } = from;
  const context: CallContext = {
    id: world.nextId(),
    origin,
    method,
    caller,
    deadline,
    available: cycles,
    responded: false,
    outstanding: 0,
    instructions: 0,
  };
  canister.contexts.set(context.id, context);
  return context;
}

/**
 * Takes an execution's calls and answer into its call context, and closes the context when nothing
 * more can come: with an error if nobody has answered by then.
 * @param failure Replaces the trap's own rejection, when a cleanup failed as well.
 */
export function settle(
  world: World,
  canister: Canister,
  context: CallContext,
  { execution, trap, instructions }: Executed,
  failure?: Rejection,
): void {
  context.instructions += instructions;
  if (trap === null) {
    sendCalls(world, canister, context, execution.calls);
    if (execution.outcome !== null) conclude(world, canister, context, execution.outcome);
  }
  closeIfDone(world, canister, context, failure ?? trap?.rejectionFrom(canister.text) ?? null);
}

/** Closes a context without open calls, answering `failure` if it has no answer yet. */
export function closeIfDone(
  world: World,
  canister: Canister,
  context: CallContext,
  failure: Rejection | null,
): void {
  if (context.outstanding > 0) return;
  if (!context.responded) {
    const why = failure ?? noReply(canister.text);
    conclude(world, canister, context, { rejection: why });
  }
  canister.contexts.delete(context.id);
  finishStopping(world, canister);
}

/** Answers a call context's caller, with the cycles that were not accepted. */
export function conclude(
  world: World,
  canister: Canister,
  context: CallContext,
  outcome: Outcome,
): void {
  const refund = context.available;
  context.responded = true;
  context.available = 0n;
  answer(world, canister.subnet, context.origin, outcome, refund);
}
