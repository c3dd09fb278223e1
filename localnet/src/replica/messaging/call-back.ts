import { executionCost, responseCost } from '../cycles/costs.ts';
import type { Outcome, Rejection } from '../errors/rejection.ts';
import { cleanupAlsoFailed, Trap } from '../errors/trap.ts';
import { type Executed, execute } from '../execution/execute.ts';
import type { ExecutionInput } from '../execution/execution.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import type { Callback, CallContext } from './call-context.ts';
import type { Response } from './message.ts';
import { closeIfDone, settle } from './settle.ts';

/** Part of the limit that is kept for a cleanup, however much the callback used. */
const CLEANUP_SHARE = 0.05;

/** Delivers a response: executes the callback, and its cleanup if that traps. */
export function callBack(world: World, { receiver, callbackId, outcome, refund }: Response): void {
  receiver.cycles += refund;
  const callback = receiver.callbacks.get(callbackId);
  // Gone when a best-effort call has expired: the late answer is dropped, its refund credited.
  if (callback === undefined) return;
  forget(receiver, callback);
  receiver.cycles += callback.prepaidTransmission - responseCost(receiver.subnet, sizeOf(outcome));

  const { context } = callback;
  if (context === null || receiver.code === null) {
    receiver.cycles += callback.prepaidExecution;
    return;
  }
  context.outstanding -= 1;
  if (receiver.contexts.get(context.id) !== context) {
    receiver.cycles += callback.prepaidExecution;
    return;
  }
  const run = runCallback(world, receiver, callback, context, outcome, refund);
  const { memory64 } = receiver.code.heap.module;
  const used = executionCost(receiver.subnet, run.used, memory64);
  if (used < callback.prepaidExecution) receiver.cycles += callback.prepaidExecution - used;
  if (run.executed) settle(world, receiver, context, run.executed, run.failure);
  else closeIfDone(world, receiver, context, run.failure ?? null);
}

interface CallbackRun {
  /** Null when a fault trapped it before it ran. */
  readonly executed: Executed | null;
  /** Instructions of callback and cleanup together. */
  readonly used: number;
  readonly failure?: Rejection;
}

function runCallback(
  world: World,
  canister: Canister,
  callback: Callback,
  context: CallContext,
  outcome: Outcome,
  refund: bigint,
): CallbackRun {
  const { limits } = canister.subnet;
  const kind = 'reply' in outcome ? ('reply' as const) : ('reject' as const);
  const input: ExecutionInput = {
    kind,
    method: context.method,
    awaited: callback.method,
    caller: context.caller,
    arg: 'reply' in outcome ? outcome.reply : new Uint8Array(0),
    limit: Math.floor(limits.update * (1 - CLEANUP_SHARE)),
    context,
    refund,
    ...('rejection' in outcome ? { rejection: outcome.rejection } : {}),
  };
  const closure = kind === 'reply' ? callback.onReply : callback.onReject;
  const executed = callback.trap ? null : execute(world, canister, input, { closure }, 'commit');
  const trap = executed ? executed.trap : injectedTrap();
  const instructions = executed?.instructions ?? 0;
  if (trap === null) return { executed, used: instructions };

  const failure = trap.rejectionFrom(canister.text);
  if (callback.onCleanup === null) return { executed, used: instructions, failure };
  const cleanup = execute(
    world,
    canister,
    { ...input, kind: 'cleanup', limit: limits.update - instructions },
    { closure: callback.onCleanup },
    'commit',
  );
  const used = instructions + cleanup.instructions;
  if (cleanup.trap === null) return { executed, used, failure };
  const second = cleanup.trap.rejectionFrom(canister.text);
  return { executed, used, failure: cleanupAlsoFailed(failure, second) };
}

function injectedTrap(): Trap {
  return new Trap('CanisterTrapped', 'Canister trapped: a fault of this test network');
}

function sizeOf(outcome: Outcome): number {
  return 'reply' in outcome ? outcome.reply.length : Buffer.byteLength(outcome.rejection.message);
}

/** Removes a callback from the books of its canister. */
export function forget(canister: Canister, { id, calleeKey }: Callback): void {
  canister.callbacks.delete(id);
  const waiting = (canister.inFlight.get(calleeKey) ?? 1) - 1;
  if (waiting === 0) canister.inFlight.delete(calleeKey);
  else canister.inFlight.set(calleeKey, waiting);
}
