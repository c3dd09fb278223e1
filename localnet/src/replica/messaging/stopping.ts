import { rejection } from '../errors/rejection.ts';
import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { answer } from './answer.ts';

/** The answer of a management call without a result: Candid's `()`. */
export const UNIT = Uint8Array.of(0x44, 0x49, 0x44, 0x4c, 0, 0);

/** Stops a stopping canister once no call context is open, and answers those who wait for it. */
export function finishStopping(world: World, canister: Canister): void {
  const { status } = canister;
  if (status.kind !== 'stopping' || canister.contexts.size > 0) return;
  canister.status = { kind: 'stopped' };
  canister.version += 1n;
  world.stopping.delete(canister);
  for (const { origin, refund } of status.waiters) {
    answer(world, canister.subnet, origin, { reply: UNIT }, refund);
  }
}

/** Rejects those who have waited too long for a canister to stop. It goes on stopping. */
export function expireStopping(world: World): void {
  for (const canister of world.stopping) {
    if (canister.status.kind !== 'stopping') continue;
    const { waiters } = canister.status;
    const late = waiters.filter(({ until }) => until <= world.time);
    if (late.length === 0) continue;
    const remaining = waiters.filter(({ until }) => until > world.time);
    canister.status = { kind: 'stopping', waiters: remaining };
    const why = rejection('StopCanisterRequestTimeout', 'Stop canister request timed out');
    for (const { origin, refund } of late) {
      answer(world, canister.subnet, origin, { rejection: why }, refund);
    }
  }
}
