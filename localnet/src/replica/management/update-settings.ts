import type { Principal } from '@dfinity/principal';

import { noteLowMemory } from '../state/low-memory.ts';
import { type Context, controlled, originOf } from './call.ts';
import { applySettings, type SettingsArgument } from './settings.ts';

/** `update_settings`: all or nothing. */
export function updateSettings(
  context: Context,
  argument: {
    canister_id: Principal;
    settings: SettingsArgument;
    sender_canister_version: readonly [bigint] | readonly [];
  },
): undefined {
  const canister = controlled(context, argument.canister_id.toUint8Array());
  const origin = originOf(context, argument.sender_canister_version);
  const { controllers, settings } = applySettings(canister.settings, argument.settings);
  canister.settings = settings;
  noteLowMemory(canister);
  canister.version += 1n;
  if (controllers === null) return;
  canister.controllers = controllers;
  canister.history.add({
    time: context.world.time,
    version: canister.version,
    origin,
    details: { controllers_change: { controllers } },
  });
}
