import type { Principal } from '@dfinity/principal';

import { rejection } from '../errors/rejection.ts';
import { conclude } from '../messaging/settle.ts';
import { finishStopping } from '../messaging/stopping.ts';
import type { Canister } from '../state/canister.ts';
import type { Origin } from '../state/history.ts';
import { StableMemory } from '../state/stable-memory.ts';
import type { World } from '../world.ts';
import { type Context, controlled, originOf } from './call.ts';

/** `uninstall_code`. */
export function uninstallCode(
  context: Context,
  argument: {
    canister_id: Principal;
    sender_canister_version: readonly [bigint] | readonly [];
  },
): undefined {
  const canister = controlled(context, argument.canister_id.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  uninstall(context.world, canister, origin);
}

/**
 * Removes code, memories, chunks and timer, and rejects the calls being served.
 * @param origin Who did it; null when the canister ran out of cycles, which history does not tell.
 */
export function uninstall(world: World, canister: Canister, origin: Origin | null): void {
  canister.code?.heap.discard();
  canister.code = null;
  canister.stable = new StableMemory();
  canister.chunks.clear();
  canister.certifiedData = new Uint8Array(0);
  canister.globalTimer = 0n;
  canister.log.clear();
  canister.version += 1n;
  if (origin !== null) {
    const details = { code_uninstall: null };
    canister.history.add({ time: world.time, version: canister.version, origin, details });
  }
  const why = rejection('CanisterRejectedMessage', 'Canister has been uninstalled.');
  for (const context of canister.contexts.values()) {
    if (!context.responded) conclude(world, canister, context, { rejection: why });
  }
  canister.contexts.clear();
  for (const callback of canister.callbacks.values()) callback.context = null;
  finishStopping(world, canister);
}
