import { Principal } from '@dfinity/principal';

import type { Change, Details, Origin } from '../state/history.ts';
import { type Context, existing } from './call.ts';

/** `canister_info`: any canister may ask about any canister. */
export function canisterInfo(
  context: Context,
  argument: {
    canister_id: Principal;
    num_requested_changes: readonly [bigint] | readonly [];
  },
): unknown {
  const canister = existing(context, argument.canister_id.toUint8Array());
  const [wanted = 0n] = argument.num_requested_changes;
  const changes = canister.history.latest(Number(wanted));
  return {
    total_num_changes: canister.history.total,
    recent_changes: changes.map(candidChange),
    module_hash: canister.code ? [canister.code.heap.module.hash] : [],
    controllers: canister.controllers.map((id) => Principal.fromUint8Array(id)),
  };
}

function candidChange({ time, version, origin, details }: Change): unknown {
  return {
    timestamp_nanos: time,
    canister_version: version,
    origin: candidOrigin(origin),
    details: candidDetails(details),
  };
}

function candidOrigin(origin: Origin): unknown {
  if ('from_user' in origin) {
    return { from_user: { user_id: Principal.fromUint8Array(origin.from_user.user_id) } };
  }
  const { canister_id: id, canister_version: version } = origin.from_canister;
  return {
    from_canister: {
      canister_id: Principal.fromUint8Array(id),
      canister_version: version === null ? [] : [version],
    },
  };
}

function candidDetails(details: Details): unknown {
  const principals = (ids: readonly Uint8Array[]): unknown => ({
    controllers: ids.map((id) => Principal.fromUint8Array(id)),
  });
  if ('creation' in details) return { creation: principals(details.creation.controllers) };
  if ('controllers_change' in details) {
    return { controllers_change: principals(details.controllers_change.controllers) };
  }
  if ('code_deployment' in details) {
    const { mode, module_hash } = details.code_deployment;
    return { code_deployment: { mode: { [mode]: null }, module_hash } };
  }
  return details;
}
