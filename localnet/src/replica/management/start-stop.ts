import type { Principal } from '@dfinity/principal';

import { LIMITS } from '../config/limits.ts';
import { rejection } from '../errors/rejection.ts';
import { answer } from '../messaging/answer.ts';
import { finishStopping } from '../messaging/stopping.ts';
import { type Context, controlled } from './call.ts';
import { LATER } from './later.ts';

/** `stop_canister`: answered once no call context is open, or after five minutes. */
export function stopCanister(
  context: Context,
  { canister_id }: { canister_id: Principal },
): undefined | typeof LATER {
  const { world, call } = context;
  const canister = controlled(context, canister_id.toUint8Array());
  if (canister.status.kind === 'stopped') return undefined;
  const { origin, cycles: refund } = call;
  const waiter = { origin, refund, until: world.time + LIMITS.stopNanos };
  if (canister.status.kind === 'stopping') canister.status.waiters.push(waiter);
  else {
    canister.status = { kind: 'stopping', waiters: [waiter] };
    canister.version += 1n;
    world.stopping.add(canister);
  }
  finishStopping(world, canister);
  return LATER;
}

/** `start_canister`: also cancels a stop that has not ended. */
export function startCanister(
  context: Context,
  { canister_id }: { canister_id: Principal },
): undefined {
  const { world } = context;
  const canister = controlled(context, canister_id.toUint8Array());
  const { status } = canister;
  if (status.kind === 'running') return;
  canister.status = { kind: 'running' };
  canister.version += 1n;
  if (status.kind === 'stopped') return;
  world.stopping.delete(canister);
  const why = rejection(
    'CanisterStoppingCancelled',
    `Canister ${canister.text}'s stop request was cancelled`,
  );
  for (const { origin, refund } of status.waiters) {
    answer(world, canister.subnet, origin, { rejection: why }, refund);
  }
}
