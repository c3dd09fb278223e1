import { REJECT } from '../errors/codes.ts';
import { type Outcome, resultOf } from '../errors/rejection.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import type { CallOrigin, Request } from './message.ts';

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
  const send = (result: Outcome): void => {
    const response = { receiver: sender, callbackId, outcome: result, refund };
    world.post({ kind: 'response', response }, from, sender.subnet);
  };
  switch (fault?.action.kind) {
    case 'lose-answer': {
      const { code = REJECT.SYS_UNKNOWN, message = LOST } = fault.action;
      return send({ rejection: { code, error: null, message } });
    }
    case 'delay-rounds':
      return delay(from, fault.action.rounds, () => send(outcome));
    case 'hold-answer':
      return fault.hold(() => send(outcome));
    case 'trap-callback': {
      const callback = sender.callbacks.get(callbackId);
      if (callback) callback.trap = true;
      return send(outcome);
    }
    default:
      return send(outcome);
  }
}

/** Runs something so many rounds later. */
export function delay(subnet: Subnet, rounds: number, run: () => void): void {
  if (rounds <= 0) return run();
  const next = (): void => delay(subnet, rounds - 1, run);
  subnet.later.push({ kind: 'deferred', run: next });
}
