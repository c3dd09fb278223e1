import { LIMITS } from '../config/limits.ts';
import { chargeIdle } from '../cycles/charge-idle.ts';
import { rejection } from '../errors/rejection.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import { sendAnswer } from './answer.ts';
import { deliver } from './deliver.ts';
import { expireStopping } from './stopping.ts';
import { runTasks } from './tasks.ts';

/**
 * One round of all subnets: what came from other subnets or was put off, then timers and
 * heartbeats, then messages until none is left or the round's budget is spent. Calls within a
 * subnet are answered in the same round, those between subnets in later ones.
 */
export function runRound(world: World): void {
  world.round += 1;
  for (const { from, answer } of world.faults.takeReleased()) sendAnswer(world, from, answer);
  expireCalls(world);
  expireStopping(world);
  // All first, so that a subnet does not get this round what another sends in this round.
  for (const subnet of world.subnets) {
    const { later } = subnet;
    subnet.later = [];
    for (const message of later) subnet.inbox.push(message);
  }
  for (const subnet of world.subnets) {
    chargeIdle(world, subnet);
    runTasks(world, subnet);
    drain(world, subnet);
  }
}

/** Executes a subnet's messages within the limits of a round. */
function drain(world: World, subnet: Subnet): void {
  let messages = 0;
  let instructions = 0;
  const stop = world.executions.subscribe((record) => {
    instructions += record.instructions;
  });
  try {
    while (messages < LIMITS.roundMessages && instructions < LIMITS.roundInstructions) {
      const message = subnet.inbox.shift();
      if (message === undefined) return;
      deliver(world, subnet, message);
      messages += 1;
    }
  } finally {
    stop();
  }
}

/** Answers best-effort calls whose time is up. */
function expireCalls(world: World): void {
  if (world.bestEffort.length === 0) return;
  const expired = world.bestEffort.filter(({ deadline }) => deadline <= world.time);
  world.bestEffort = world.bestEffort.filter(
    ({ canister, callbackId, deadline }) =>
      deadline > world.time && canister.callbacks.has(callbackId),
  );
  const why = rejection('DeadlineExpired', 'Call deadline has expired.');
  for (const { canister, callbackId } of expired) {
    if (!canister.callbacks.has(callbackId)) continue;
    const response = {
      receiver: canister,
      callbackId,
      outcome: { rejection: why },
      refund: 0n,
    };
    canister.subnet.later.push({ kind: 'response', response });
  }
}
