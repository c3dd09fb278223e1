import { REJECT } from '../errors/codes.ts';
import { type Outcome, resultOf } from '../errors/rejection.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import type { Answer, CallOrigin, Request } from './message.ts';

const LOST = 'The answer was lost: a fault of this test network.';

/**
 * Answers a call: stores the result for a caller outside, or sends the response to a canister.
 * @param from The subnet that answers.
 * @param refund Cycles that come back with the answer.
 */
export function answer(
  world: World,
  from: Subnet,
  origin: CallOrigin,
  outcome: Outcome,
  refund: bigint,
): void {
  if (origin.kind === 'ingress') world.ingress.finish(origin.id, resultOf(outcome));
  if (origin.kind === 'canister') respond(world, from, origin.request, outcome, refund);
}

/** Sends a response back, through the fault that hit the request, if one did. */
export function respond(
  world: World,
  from: Subnet,
  request: Request,
  outcome: Outcome,
  refund: bigint,
): void {
  const { sender, callbackId, fault } = request;
  const whole = { request, outcome, refund };
  switch (fault?.action.kind) {
    case 'lose-answer': {
      const { code = REJECT.SYS_UNKNOWN, message = LOST } = fault.action;
      const lost = { rejection: { code, error: null, message } };
      return sendAnswer(world, from, { request, outcome: lost, refund });
    }
    case 'delay-rounds':
      return delayAnswer(world, from, fault.action.rounds, whole);
    case 'hold-answer':
      return fault.hold({ from, answer: whole });
    case 'trap-callback': {
      const callback = sender.callbacks.get(callbackId);
      if (callback) callback.trap = true;
      return sendAnswer(world, from, whole);
    }
    default:
      return sendAnswer(world, from, whole);
  }
}

/** Sends an answer to the canister that waits for it, past all faults. */
export function sendAnswer(
  world: World,
  from: Subnet,
  { request: { sender, callbackId }, outcome, refund }: Answer,
): void {
  const response = { receiver: sender, callbackId, outcome, refund };
  world.post({ kind: 'response', response }, from, sender.subnet);
}

/** Sends an answer so many rounds later. */
export function delayAnswer(world: World, from: Subnet, rounds: number, answer: Answer): void {
  if (rounds <= 0) sendAnswer(world, from, answer);
  else from.later.push({ kind: 'delayed', rounds: rounds - 1, answer });
}
