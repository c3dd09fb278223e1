import type { OutgoingCall } from '../execution/execution.ts';
import { keyOf, MANAGEMENT_ID, sameBytes } from '../ids.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { respond } from './answer.ts';
import type { CallContext } from './call-context.ts';
import type { Request } from './message.ts';

/**
 * Sends the calls of a committed execution. Every call between canisters passes here, and here
 * faults hit.
 */
export function sendCalls(
  world: World,
  canister: Canister,
  context: CallContext,
  calls: readonly OutgoingCall[],
): void {
  for (const call of calls) send(world, canister, context, call);
}

function send(world: World, sender: Canister, context: CallContext, call: OutgoingCall): void {
  const callbackId = world.nextId();
  const { callee, method, cycles } = call;
  const calleeKey = keyOf(callee);
  const deadline = call.timeout === null ? 0n : world.time + BigInt(call.timeout) * 1_000_000_000n;
  sender.callbacks.set(callbackId, {
    id: callbackId,
    context,
    callee,
    calleeKey,
    method,
    onReply: call.onReply,
    onReject: call.onReject,
    onCleanup: call.onCleanup,
    deadline,
    prepaidTransmission: call.prepaidTransmission,
    prepaidExecution: call.prepaidExecution,
    trap: false,
  });
  sender.inFlight.set(calleeKey, (sender.inFlight.get(calleeKey) ?? 0) + 1);
  context.outstanding += 1;
  if (deadline !== 0n) world.bestEffort.push({ canister: sender, callbackId, deadline });

  const fault = world.faults.match({ from: sender.id, to: callee, method });
  const request: Request = {
    sender,
    callbackId,
    receiver: callee,
    method,
    payload: call.data.join(),
    cycles,
    senderVersion: call.senderVersion,
    deadline,
    fault,
  };
  if (fault?.action.kind === 'reject') {
    const { code, message } = fault.action;
    const outcome = { rejection: { code, error: null, message } };
    respond(world, sender.subnet, { ...request, fault: null }, outcome, cycles);
    return;
  }
  const local = sameBytes(callee, MANAGEMENT_ID);
  const target = (local ? null : world.subnetOf(callee)) ?? sender.subnet;
  world.post({ kind: 'request', request }, sender.subnet, target);
}
