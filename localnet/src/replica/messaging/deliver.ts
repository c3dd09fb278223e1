import { ingressCost } from '../cycles/costs.ts';
import { withdraw } from '../cycles/prepay.ts';
import { rejection } from '../errors/rejection.ts';
import { textOf } from '../ids.ts';
import { manage } from '../management/manage.ts';
import { answerRandom } from '../management/raw-rand.ts';
import { managedCanister } from '../management/target.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import { answer, delayAnswer, respond } from './answer.ts';
import { callBack } from './call-back.ts';
import type { CallOrigin, Ingress, Message, Request } from './message.ts';
import { serve } from './serve.ts';

/** Executes one message on a subnet. */
export function deliver(world: World, subnet: Subnet, message: Message): void {
  world.changes += 1;
  switch (message.kind) {
    case 'ingress':
      return deliverIngress(world, subnet, message.ingress);
    case 'request':
      return deliverRequest(world, subnet, message.request);
    case 'response':
      return callBack(world, message.response);
    case 'raw-rand':
      return answerRandom(world, subnet, message);
    case 'delayed':
      return delayAnswer(world, subnet, message.rounds, message.answer);
  }
}

/** Bytes of a message that its receiver pays for. */
export function ingressBytes({ method, payload }: Ingress): number {
  return Buffer.byteLength(method) + payload.length;
}

function deliverIngress(world: World, subnet: Subnet, ingress: Ingress): void {
  const { id, sender, receiver, method, payload } = ingress;
  const origin: CallOrigin = { kind: 'ingress', id, sender };
  const call = { origin, method, caller: sender, cycles: 0n, deadline: 0n, payload };
  if (receiver.length === 0) {
    const payer = managedCanister(world, method, payload);
    const poor = payer && withdraw(payer, ingressCost(payer.subnet, ingressBytes(ingress)), sender);
    if (poor) return answer(world, subnet, origin, { rejection: poor }, 0n);
    return manage(world, subnet, { ...call, callerCanister: null, senderVersion: null });
  }
  const canister = world.canister(receiver);
  const refused = canister
    ? (withdraw(canister, ingressCost(subnet, ingressBytes(ingress)), sender) ??
      serve(world, canister, call))
    : notFound(receiver);
  if (refused) answer(world, subnet, origin, { rejection: refused }, 0n);
}

function deliverRequest(world: World, subnet: Subnet, request: Request): void {
  const { sender, receiver, method, payload, cycles, deadline } = request;
  // The caller of an expired best-effort call is answered by its own deadline.
  if (deadline !== 0n && deadline <= world.time) {
    sender.cycles += cycles;
    return;
  }
  const origin: CallOrigin = { kind: 'canister', request };
  const call = { origin, method, caller: sender.id, cycles, deadline, payload };
  if (receiver.length === 0) {
    manage(world, subnet, {
      ...call,
      callerCanister: sender,
      senderVersion: request.senderVersion,
    });
    return;
  }
  const canister = world.canister(receiver);
  const refused = canister ? serve(world, canister, call) : notFound(receiver);
  if (refused) respond(world, subnet, request, { rejection: refused }, cycles);
}

function notFound(id: Uint8Array): ReturnType<typeof rejection> {
  return rejection('CanisterNotFound', `Canister ${textOf(id)} not found`);
}
