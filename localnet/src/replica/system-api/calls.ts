import { LIMITS } from '../config/limits.ts';
import { callReservation } from '../cycles/costs.ts';
import { contractViolation } from '../errors/trap.ts';
import { ByteList } from '../execution/byte-list.ts';
import { type Execution, type OutgoingCall, unsigned } from '../execution/execution.ts';
import { KINDS } from '../execution/kinds.ts';
import { keyOf } from '../ids.ts';
import { invalidPrincipal } from './canister.ts';
import { type SystemCalls, systemCall } from './system-call.ts';

const CALLS = 'U CQ Ry Rt CRy CRt T';
/** `call_perform` could not send: reject code SYS_TRANSIENT. */
const NOT_SENT = 2;

/** Calls to other canisters. */
export const outgoingCalls: SystemCalls = {
  call_new: systemCall(
    'IIIIIIII->',
    CALLS,
    (
      x,
      callee: number,
      calleeSize: number,
      name: number,
      nameSize: number,
      replyFun: number,
      replyEnv: number,
      rejectFun: number,
      rejectEnv: number,
    ) => {
      discard(x);
      if (unsigned(calleeSize) > 29) throw invalidPrincipal();
      if (unsigned(nameSize) > LIMITS.methodNameBytes) {
        throw contractViolation(
          `size ${unsigned(nameSize)} of the method name exceeds the limit ${LIMITS.methodNameBytes}`,
        );
      }
      x.pending = {
        callee: x.take(callee, calleeSize),
        method: new TextDecoder().decode(x.take(name, nameSize)),
        onReply: { fun: unsigned(replyFun), env: replyEnv },
        onReject: { fun: unsigned(rejectFun), env: rejectEnv },
        onCleanup: null,
        data: new ByteList(),
        cycles: 0n,
        timeout: null,
        senderVersion: x.canister.version,
        prepaidTransmission: 0n,
        prepaidExecution: 0n,
      };
    },
  ),
  call_on_cleanup: systemCall('II->', CALLS, (x, fun: number, env: number) => {
    const call = pending(x);
    if (call.onCleanup !== null) {
      throw contractViolation(
        'ic0.call_on_cleanup can be called at most once between ic0.call_new and ic0.call_perform',
      );
    }
    call.onCleanup = { fun: unsigned(fun), env };
  }),
  call_data_append: systemCall('II->', CALLS, (x, from: number, size: number) => {
    const call = pending(x);
    const length = call.data.length + unsigned(size);
    if (length > LIMITS.requestBytes) {
      throw contractViolation(
        `ic0.call_data_append: size ${length} of the argument exceeds the limit ${LIMITS.requestBytes}`,
      );
    }
    call.data.append(x.take(from, size));
  }),
  call_with_best_effort_response: systemCall('i->', CALLS, (x, seconds: number) => {
    const call = pending(x);
    if (call.timeout !== null) {
      throw contractViolation(
        'ic0_call_with_best_effort_response failed because a timeout is already set.',
      );
    }
    call.timeout = Math.min(unsigned(seconds), Number(LIMITS.bestEffortNanos / 1_000_000_000n));
  }),
  call_perform: systemCall('->i', CALLS, (x) => {
    const call = pending(x);
    if (!admissible(x, call) || !reserve(x, call)) {
      discard(x);
      return NOT_SENT;
    }
    x.pending = null;
    x.calls.push(call);
    return 0;
  }),
};

function pending(x: Execution): OutgoingCall {
  if (x.pending === null) {
    throw contractViolation(`ic0.${x.call} called when no call is under construction.`);
  }
  return x.pending;
}

/** Drops an unfinished call; what it carried goes back to the balance. */
function discard(x: Execution): void {
  x.balance += x.pending?.cycles ?? 0n;
  x.pending = null;
}

/** Whether the queue to the callee has room, and the argument may go there. */
function admissible(x: Execution, call: OutgoingCall): boolean {
  const { canister, environment } = x;
  const callee = keyOf(call.callee);
  let waiting = canister.inFlight.get(callee) ?? 0;
  for (const made of x.calls) if (keyOf(made.callee) === callee) waiting += 1;
  if (waiting >= LIMITS.queueLength) return false;
  const target = environment.subnetOf(call.callee);
  const across = target !== null && target !== canister.subnet;
  if (across && call.data.length > LIMITS.requestAcrossBytes) {
    throw contractViolation(
      `ic0.call_perform: size ${call.data.length} of the argument exceeds the limit ` +
        `${LIMITS.requestAcrossBytes} for calls to another subnet`,
    );
  }
  return true;
}

/** Takes what the call may cost from the balance; false if that would freeze the canister. */
function reserve(x: Execution, call: OutgoingCall): boolean {
  if (!KINDS[x.input.kind].replicated) return true;
  const bytes = Buffer.byteLength(call.method) + call.data.length;
  const cost = callReservation(x.canister.subnet, bytes, x.instance.memory64);
  const total = cost.request + cost.transmission + cost.execution;
  if (total > x.liquid) return false;
  x.balance -= total;
  call.prepaidTransmission = cost.transmission;
  call.prepaidExecution = cost.execution;
  return true;
}
